package lethe.loadtest.load;

import java.time.Duration;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A sender and its recipient: sends what is due, and keeps account of what becomes of it. Lives on one event loop. */
final class Pair {
    private final int index;
    private final Shard shard;
    private final Restraint restraint;
    private final Outstanding outstanding = new Outstanding();
    private final Arrivals arrivals = new Arrivals();
    private final TreeSet<Long> refusedNow = new TreeSet<>();
    private @Nullable Connection sender;
    private @Nullable Connection recipient;
    /** In a closed loop, how many messages may ever be sent; 0 in an open one. */
    private long allowed;

    /** It was refused, and waits as long as it was told. */
    private boolean waits;

    private long completed;
    private long heldEver;
    private long refused;
    /** Receipts for what never came. */
    private long unfounded;

    Pair(int index, Shard shard, int mostUnderWay) {
        this.index = index;
        this.shard = shard;
        this.restraint = new Restraint(mostUnderWay, ThreadLocalRandom.current());
    }

    int index() {
        return index;
    }

    Shard shard() {
        return shard;
    }

    void senderIs(@Nullable Connection connection) {
        sender = connection;
    }

    void recipientIs(@Nullable Connection connection) {
        recipient = connection;
    }

    /** Cuts what the recipient has; it comes back as another connection. */
    void leaveRecipient() {
        if (recipient != null) {
            recipient.close();
            recipient = null;
        }
    }

    void close() {
        leaveRecipient();
        if (sender != null) {
            sender.close();
        }
    }

    /** Closed loop: sends until it is stopped, the next as soon as the window has room. */
    void sendAlways() {
        allowed = Long.MAX_VALUE;
        pump();
    }

    /** As {@link #sendAlways}, but only so many. */
    void sendMore(long messages) {
        allowed = outstanding.sent() + messages;
        pump();
    }

    /** Sends no message for the first time any more, but for those that are due already. */
    void stop() {
        allowed = 0;
    }

    /** Open loop: one message is due. */
    void due(long time) {
        outstanding.schedule(time);
        pump();
    }

    /** What was refused goes first, in the order of its numbers. */
    private void pump() {
        while (!waits && underWay() < restraint.allowed()) {
            Long again = refusedNow.pollFirst();
            if (again != null) {
                outstanding.sendAgain(again, shard.now());
                say(again);
            } else if (isDue()) {
                say(outstanding.send(shard.now()));
            } else {
                return;
            }
        }
    }

    /** A message that is held makes room for the next only if that is what is measured: else it is just late. */
    private int underWay() {
        int late = shard.countsHeld() ? 0 : outstanding.held();
        return outstanding.underWay() + late - refusedNow.size();
    }

    private boolean isDue() {
        if (!outstanding.hasUnsent() && outstanding.sent() < allowed) {
            outstanding.schedule(shard.now());
        }
        return outstanding.hasUnsent();
    }

    private void say(long number) {
        if (sender != null) {
            sender.send(number);
        }
    }

    void arrived(long number) {
        arrivals.add(number, outstanding.sent());
    }

    void completed(long number) {
        long due = outstanding.due(number);
        long sent = outstanding.sentAt(number);
        if (!outstanding.end(number)) {
            return; // a second receipt is normal
        }
        completed++;
        refusedNow.remove(number);
        restrainLess();
        if (!arrivals.has(number)) {
            unfounded++;
        }
        shard.done(due, sent);
        pump();
    }

    void held(long number) {
        long due = outstanding.due(number);
        long sent = outstanding.sentAt(number);
        if (!outstanding.hold(number)) {
            return;
        }
        heldEver++;
        refusedNow.remove(number);
        restrainLess();
        if (shard.countsHeld()) {
            shard.done(due, sent);
        }
        pump();
    }

    /** What ends while it waits was sent before it was refused. */
    private void restrainLess() {
        if (!waits) {
            restraint.done();
        }
    }

    /** It is sent again after a while, in the order of numbers, before anything new; or never, and then false. */
    boolean refused(long number, Duration retryAfter) {
        if (!outstanding.isUnderWay(number)) {
            return true;
        }
        refused++;
        if (shard.givesUpWhatIsRefused()) {
            outstanding.end(number);
            pump();
            return false;
        }
        refusedNow.add(number);
        if (!waits) {
            waits = true;
            shard.later(this::resume, restraint.refused(retryAfter, outstanding.underWay()));
        }
        return true;
    }

    private void resume() {
        waits = false;
        pump();
    }

    /** What is under way and was due while a meter was on has taken this long already. */
    void addAges(Meter meter) {
        outstanding.forEachUnderWay(due -> meter.stillUnderWay(due, shard.now()));
    }

    /** Whether nothing waits to be sent, and nothing that was sent is without an answer. */
    boolean isQuiet() {
        return !outstanding.hasUnsent() && outstanding.underWay() == 0;
    }

    /** Whether everything that was sent has ended. */
    boolean isEmpty() {
        return isQuiet() && outstanding.held() == 0;
    }

    Tally tally() {
        return new Tally(
                outstanding.sent(),
                completed,
                heldEver,
                outstanding.underWay() - refusedNow.size() + outstanding.held() + unfounded,
                arrivals.duplicated(),
                arrivals.reordered(),
                refused,
                outstanding.unsent() + refusedNow.size());
    }
}
