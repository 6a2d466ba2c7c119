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
 * gone in and not been handled, and refuses aloud. What a phone repeats is added up. Order is kept: while anything is
 * stashed, everything goes behind it.
 */
final class Front extends BehaviorInterceptor<SubscriberCommand, SubscriberCommand> {
    /** Below the stash's capacity (200), so that what must be taken in still fits. */
    static final int BOUND = 150;

    /** What senders do is no reason to send a phone away: there is room left for what it says itself. */
    private static final int PHONE_BOUND = 180;

    /** And this leaves room for what the actor says to itself. */
    private static final int DETACH_BOUND = 190;

    private final Repeats acknowledgements = new Repeats();
    private final Repeats grants = new Repeats();
    private @Nullable Subscriber subscriber;
    private int waiting;

    /** A command to stop has come in, and may still wait for a write. */
    private boolean stopping;

    Front() {
        super(SubscriberCommand.class);
    }

    /** The subscriber has recovered. */
    void open(Subscriber recovered) {
        subscriber = recovered;
    }

    /**
     * A command has come out of the stash, or straight through.
     *
     * @return what to handle for it
     */
    SubscriberCommand out(SubscriberCommand command) {
        waiting--;
        return isRepeated(command) ? repeats(command).inFull(command) : command;
    }

    private static boolean isRepeated(SubscriberCommand command) {
        return command instanceof SubscriberCommand.Acknowledge || command instanceof SubscriberCommand.Grant;
    }

    private Repeats repeats(SubscriberCommand command) {
        return command instanceof SubscriberCommand.Grant ? grants : acknowledgements;
    }

    @Override
    public Behavior<SubscriberCommand> aroundReceive(
            TypedActorContext<SubscriberCommand> context,
            SubscriberCommand command,
            ReceiveTarget<SubscriberCommand> target) {
        Subscriber free = subscriber;
        if (stopping && free != null && command instanceof SubscriberCommand.Deliver) {
            // It came on the short way; the shard has kept everything else since it told this actor to stop.
            free.tellNext(command);
            return Behaviors.same();
        }
        if (command instanceof SubscriberCommand.Stop && free != null) {
            stopping = true;
            free.beGone();
        }
        if (waiting == 0 && free != null && !free.isWriting()) {
            ReplyEffect<SubscriberEvent, SubscriberState> effect = free.handle(command);
            return effect == Effects.nothing()
                    ? Behaviors.same()
                    : target.apply(context, new SubscriberCommand.Decided(effect));
        }
        if (isRepeated(command) && repeats(command).contain(command)) {
            return Behaviors.same();
        }
        if (waiting >= (isRepeated(command) ? PHONE_BOUND : BOUND) && command.refuse()) {
            return Behaviors.same();
        }
        if (waiting >= DETACH_BOUND && command instanceof SubscriberCommand.Detach) {
            // The session's end is noticed when the phone comes again, or is replaced.
            return Behaviors.same();
        }
        if (isRepeated(command)) {
            repeats(command).waits(command);
        }
        waiting++;
        return target.apply(context, command);
    }
}
