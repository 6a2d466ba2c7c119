package lethe.broker.subscriber;

import akka.actor.typed.Behavior;
import akka.actor.typed.BehaviorInterceptor;
import akka.actor.typed.TypedActorContext;
import akka.actor.typed.javadsl.Behaviors;

/**
 * Bounds the commands that wait inside a subscriber while it writes or recovers.
 *
 * <p>Akka stashes them there, and a full stash drops silently; a long one of commands that write nothing overflows the
 * thread's stack when it is unstashed (Akka 2.8.5). So this stands in front, counts what has come in and not been
 * handled, and refuses aloud.
 */
final class Backlog extends BehaviorInterceptor<SubscriberCommand, SubscriberCommand> {
    /** Below the stash's capacity (200), so that what must be taken in still fits. */
    static final int BOUND = 150;

    /** And this leaves room for what the actor says to itself. */
    private static final int DETACH_BOUND = 190;

    private int arrived;
    private int handled;

    Backlog() {
        super(SubscriberCommand.class);
    }

    /** A command has come out of the stash, or straight through. */
    void handled() {
        handled++;
    }

    @Override
    public Behavior<SubscriberCommand> aroundReceive(
            TypedActorContext<SubscriberCommand> context,
            SubscriberCommand command,
            ReceiveTarget<SubscriberCommand> target) {
        int waiting = arrived - handled;
        if (waiting >= BOUND && command.refuse()) {
            return Behaviors.same();
        }
        if (waiting >= DETACH_BOUND && command instanceof SubscriberCommand.Detach) {
            // The session's end is noticed when the phone comes again, or is replaced.
            return Behaviors.same();
        }
        arrived++;
        return target.apply(context, command);
    }
}
