package lethe.broker.subscriber;

import akka.actor.typed.Behavior;
import akka.actor.typed.BehaviorInterceptor;
import akka.actor.typed.TypedActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.persistence.typed.javadsl.ReplyEffect;
import lethe.core.subscriber.SubscriberEvent;
import lethe.core.subscriber.SubscriberState;
import org.jspecify.annotations.Nullable;

/**
 * Where a subscriber's commands come in, in front of Akka's event-sourced behaviour.
 *
 * <p>While nothing is being written, a command is handled right here, and only what it wants persisted goes on into
 * Akka: most commands want nothing, and the way through Akka and back costs more than handling them.
 *
 * <p>While the subscriber writes or recovers, Akka stashes what comes, and a full stash drops silently; a long one of
 * commands that write nothing overflows the thread's stack when it is unstashed (Akka 2.8.5). So this counts what has
 * gone in and not been handled, and refuses aloud. Order is kept: while anything is stashed, everything goes behind it.
 */
final class Front extends BehaviorInterceptor<SubscriberCommand, SubscriberCommand> {
    /** Below the stash's capacity (200), so that what must be taken in still fits. */
    static final int BOUND = 150;

    /** And this leaves room for what the actor says to itself. */
    private static final int DETACH_BOUND = 190;

    private @Nullable Subscriber subscriber;
    private int waiting;

    Front() {
        super(SubscriberCommand.class);
    }

    /** The subscriber has recovered. */
    void open(Subscriber recovered) {
        subscriber = recovered;
    }

    /** A command has come out of the stash, or straight through. */
    void handled() {
        waiting--;
    }

    @Override
    public Behavior<SubscriberCommand> aroundReceive(
            TypedActorContext<SubscriberCommand> context,
            SubscriberCommand command,
            ReceiveTarget<SubscriberCommand> target) {
        Subscriber free = subscriber;
        if (waiting == 0 && free != null && !free.isWriting()) {
            ReplyEffect<SubscriberEvent, SubscriberState> effect = free.handle(command);
            return effect == Effects.nothing()
                    ? Behaviors.same()
                    : target.apply(context, new SubscriberCommand.Decided(effect));
        }
        if (waiting >= BOUND && command.refuse()) {
            return Behaviors.same();
        }
        if (waiting >= DETACH_BOUND && command instanceof SubscriberCommand.Detach) {
            // The session's end is noticed when the phone comes again, or is replaced.
            return Behaviors.same();
        }
        waiting++;
        return target.apply(context, command);
    }
}
