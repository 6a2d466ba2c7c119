package lethe.broker.subscriber;

import org.jspecify.annotations.Nullable;

/**
 * What a phone says again and again while its subscriber writes, put together so that it is handled once: a hundred
 * messages that a phone takes meanwhile end with one write, and none of what it says is refused.
 *
 * <p>The first of them waits where it came in; those after it are added to it there. They may not overtake one that
 * cannot be added: from then on nothing is, until the first is handled.
 */
final class Repeats {
    private @Nullable SubscriberCommand first;
    private @Nullable SubscriberCommand sum;
    private boolean closed;

    /** Whether the command is contained in one that waits already. If not, it has to wait itself. */
    boolean contain(SubscriberCommand command) {
        if (sum == null) {
            return false;
        }
        SubscriberCommand both = closed ? null : sum.and(command);
        if (both == null) {
            closed = true;
            return false;
        }
        sum = both;
        return true;
    }

    /** The command waits: the next ones may be added to it. */
    void waits(SubscriberCommand command) {
        if (sum == null) {
            first = command;
            sum = command;
        }
    }

    /** What a command that has waited stands for by now. */
    SubscriberCommand inFull(SubscriberCommand command) {
        SubscriberCommand all = sum;
        if (command != first || all == null) {
            return command;
        }
        first = null;
        sum = null;
        closed = false;
        return all;
    }
}
