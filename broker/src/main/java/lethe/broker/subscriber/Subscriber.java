package lethe.broker.subscriber;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.Signal;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.RecoveryCompleted;
import akka.persistence.typed.SnapshotCompleted;
import akka.persistence.typed.SnapshotFailed;
import akka.persistence.typed.javadsl.CommandHandlerWithReply;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import akka.persistence.typed.javadsl.ReplyEffect;
import akka.persistence.typed.javadsl.SignalHandler;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import lethe.broker.subscriber.SubscriberCommand.Decided;
import lethe.broker.subscriber.SubscriberCommand.Resnapshot;
import lethe.core.consent.Policy;
import lethe.core.identity.SubscriberId;
import lethe.core.subscriber.SubscriberEvent;
import lethe.core.subscriber.SubscriberState;

/**
 * One subscriber: the only writer of its state, and the only judge of what becomes of a message to it.
 *
 * <p>Every event is followed by a snapshot, and Akka lets nothing happen in between: what runs after {@code persist}
 * runs when both are durable and the store has confirmed that no later incarnation of this actor exists. A snapshot
 * that fails stops the actor, so nothing is ever promised on it; the next message brings up a new one.
 */
public final class Subscriber
        extends EventSourcedBehaviorWithEnforcedReplies<SubscriberCommand, SubscriberEvent, SubscriberState> {
    public static final EntityTypeKey<SubscriberCommand> KEY =
            EntityTypeKey.create(SubscriberCommand.class, "Subscriber");

    private final ActorContext<SubscriberCommand> context;
    private final ActorRef<ClusterSharding.ShardCommand> shard;
    private final SubscriberSettings settings;
    private final Supplier<Policy> policy;
    private final Clock clock;
    private final Consumer<String> released;
    private final Front front;

    private Desk desk;
    private boolean writing;

    /**
     * The actor for one subscriber id.
     *
     * @param released is told the persistence id when the actor has stopped, so that nothing of it stays in memory
     */
    public static Behavior<SubscriberCommand> create(
            SubscriberId id,
            ActorRef<ClusterSharding.ShardCommand> shard,
            SubscriberSettings settings,
            Supplier<Policy> policy,
            Clock clock,
            Consumer<String> released) {
        Front front = new Front();
        Behavior<SubscriberCommand> subscriber = Behaviors.setup(
                context -> new Subscriber(id, context, shard, settings, policy, clock, released, front));
        return Behaviors.intercept(() -> front, subscriber);
    }

    private Subscriber(
            SubscriberId id,
            ActorContext<SubscriberCommand> context,
            ActorRef<ClusterSharding.ShardCommand> shard,
            SubscriberSettings settings,
            Supplier<Policy> policy,
            Clock clock,
            Consumer<String> released,
            Front front) {
        super(PersistenceId.of(KEY.name(), id.toText()));
        this.context = context;
        this.shard = shard;
        this.settings = settings;
        this.policy = policy;
        this.clock = clock;
        this.released = released;
        this.front = front;
        this.desk = deskOver(emptyState());
    }

    private Desk deskOver(SubscriberState state) {
        return new Desk(state, context, shard, settings, policy, clock, this::tellNext);
    }

    /** The shard keeps it until this actor has stopped, and then starts another. */
    private void tellNext(SubscriberCommand command) {
        ClusterSharding.get(context.getSystem())
                .entityRefFor(KEY, persistenceId().entityId())
                .tell(command);
    }

    @Override
    public SubscriberState emptyState() {
        return SubscriberState.absent(clock.millis());
    }

    @Override
    public EventHandler<SubscriberState, SubscriberEvent> eventHandler() {
        return (state, event) -> {
            writing = true;
            event.applyTo(state);
            return state;
        };
    }

    @Override
    public boolean shouldSnapshot(SubscriberState state, SubscriberEvent event, long sequenceNumber) {
        return true;
    }

    /** Whether there are events that no snapshot has followed yet. */
    boolean isWriting() {
        return writing;
    }

    @Override
    public SignalHandler<SubscriberState> signalHandler() {
        return newSignalHandlerBuilder().onSignal(Signal.class, this::onSignal).build();
    }

    private void onSignal(SubscriberState state, Signal signal) {
        if (signal instanceof SnapshotCompleted) {
            writing = false;
            state.saved();
        } else if (signal instanceof SnapshotFailed failed) {
            throw new SnapshotLost(failed.getFailure());
        } else if (signal instanceof RecoveryCompleted) {
            recovered(state);
        } else if (signal instanceof PostStop) {
            desk.leave();
            released.accept(persistenceId().id());
        }
    }

    private void recovered(SubscriberState state) {
        // The same object for this actor's whole life.
        desk = deskOver(state);
        desk.open();
        if (writing) {
            context.getSelf().tell(Resnapshot.RESNAPSHOT);
        }
        front.open(this);
    }

    @Override
    public CommandHandlerWithReply<SubscriberCommand, SubscriberEvent, SubscriberState> commandHandler() {
        return (state, command) -> {
            if (command instanceof Decided decided) {
                return decided.effect();
            }
            return handle(front.out(command));
        };
    }

    ReplyEffect<SubscriberEvent, SubscriberState> handle(SubscriberCommand command) {
        return desk.handle(command);
    }

    /** The store did not confirm a snapshot: it is down, or a later incarnation of this subscriber lives elsewhere. */
    static final class SnapshotLost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SnapshotLost(Throwable cause) {
            super("a subscriber's snapshot was not confirmed", cause);
        }
    }
}
