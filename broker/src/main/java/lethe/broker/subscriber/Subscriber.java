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
import java.util.Objects;
import lethe.broker.subscriber.SubscriberCommand.Decided;
import lethe.core.identity.SubscriberId;
import lethe.core.subscriber.SubscriberEvent;
import lethe.core.subscriber.SubscriberState;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber: the only writer of its state, and the only judge of what becomes of a message to it.
 *
 * <p>Every event is followed by a snapshot, and Akka lets nothing happen in between: what runs after {@code persist}
 * runs when the snapshot is durable and the store has confirmed that no later incarnation of this actor exists. A
 * snapshot that fails stops the actor, so nothing is ever promised on it; the next message brings up a new one, with
 * the state of the last snapshot. The journal keeps no events, so none are replayed.
 */
public final class Subscriber
        extends EventSourcedBehaviorWithEnforcedReplies<SubscriberCommand, SubscriberEvent, SubscriberState> {
    public static final EntityTypeKey<SubscriberCommand> KEY =
            EntityTypeKey.create(SubscriberCommand.class, "Subscriber");

    private final ActorContext<SubscriberCommand> context;
    private final ActorRef<ClusterSharding.ShardCommand> shard;
    private final Commons commons;
    private final Front front;

    /** Null until it has recovered. */
    private @Nullable Desk desk;

    private boolean writing;

    /** The actor for one subscriber id. */
    public static Behavior<SubscriberCommand> create(
            SubscriberId id, ActorRef<ClusterSharding.ShardCommand> shard, Commons commons) {
        Front front = new Front();
        Behavior<SubscriberCommand> subscriber =
                Behaviors.setup(context -> new Subscriber(id, context, shard, commons, front));
        return Behaviors.intercept(() -> front, subscriber);
    }

    private Subscriber(
            SubscriberId id,
            ActorContext<SubscriberCommand> context,
            ActorRef<ClusterSharding.ShardCommand> shard,
            Commons commons,
            Front front) {
        super(PersistenceId.of(KEY.name(), id.toText()));
        this.context = context;
        this.shard = shard;
        this.commons = commons;
        this.front = front;
    }

    /** The shard keeps it until this actor has stopped, and then starts another. */
    void tellNext(SubscriberCommand command) {
        ClusterSharding.get(context.getSystem())
                .entityRefFor(KEY, persistenceId().entityId())
                .tell(command);
    }

    @Override
    public SubscriberState emptyState() {
        return SubscriberState.absent(commons.clock().millis());
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
            if (desk != null) {
                desk.leave();
            }
            commons.released().accept(persistenceId().id());
        }
    }

    private void recovered(SubscriberState state) {
        // The same object for this actor's whole life.
        String id = persistenceId().entityId();
        Present.Place place = commons.present().place(id, context.getSelf());
        desk = new Desk(persistenceId().id(), state, context, shard, commons, place, this::tellNext);
        desk.open();
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

    /** A command to stop has come in, and may have to wait for a write. */
    void beGone() {
        if (desk != null) {
            desk.beGone();
        }
    }

    ReplyEffect<SubscriberEvent, SubscriberState> handle(SubscriberCommand command) {
        return Objects.requireNonNull(desk, "not recovered").handle(command);
    }

    /** The store did not confirm a snapshot: it is down, or a later incarnation of this subscriber lives elsewhere. */
    static final class SnapshotLost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SnapshotLost(Throwable cause) {
            super("a subscriber's snapshot was not confirmed", cause);
        }
    }
}
