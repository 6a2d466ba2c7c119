package lethe.broker.subscriber;

import akka.Done;
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
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;
import lethe.broker.subscriber.SubscriberCommand.*;
import lethe.core.consent.Policy;
import lethe.core.identity.SubscriberId;
import lethe.core.protocol.CloseReason;
import lethe.core.queue.Waiting;
import lethe.core.subscriber.Deliveries;
import lethe.core.subscriber.Rejection;
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
    private final Alarm alarm;
    private final Alarm rest;

    private boolean writing;
    private Instant lastAsked;
    private Deliveries<Watcher> deliveries;
    private Sessions sessions;
    private Pollers pollers;
    private Registration registration;
    private Custody custody;
    private Intake intake;
    private Handout handout;

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
        this.alarm = new Alarm(context, clock, Tick.TICK);
        this.rest = new Alarm(context, clock, Idle.IDLE);
        this.lastAsked = clock.instant();
        begin(emptyState());
    }

    @Override
    public SubscriberState emptyState() {
        return SubscriberState.absent(clock.millis());
    }

    /** All that works on the state, which stays the same object for this actor's whole life. */
    private void begin(SubscriberState state) {
        deliveries = Deliveries.of(state, settings.bounds(), clock.instant());
        sessions = new Sessions();
        pollers = new Pollers();
        registration = new Registration(state, policy);
        custody = new Custody(state, deliveries, sessions, settings.holdWindow(), alarm, clock, context.getSelf());
        intake = new Intake(registration, deliveries, sessions, pollers, custody, settings.holdWindow(), alarm);
        handout = new Handout(
                context, registration, deliveries, sessions, pollers, custody, settings.creditLimit(), alarm);
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
            alarm.rang();
            rest.rang();
            released.accept(persistenceId().id());
        }
    }

    private void recovered(SubscriberState state) {
        begin(state);
        alarm.noLaterThan(deliveries.nextDue());
        rest.noLaterThan(clock.instant().plus(settings.idleAfter()));
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
            front.handled();
            return handle(command);
        };
    }

    /** The hot ones first. */
    ReplyEffect<SubscriberEvent, SubscriberState> handle(SubscriberCommand command) {
        Instant now = clock.instant();
        if (command instanceof Idle) {
            return onIdle(now);
        }
        stirred(now);
        if (command instanceof Deliver deliver) {
            return intake.deliver(deliver, now);
        } else if (command instanceof Acknowledge acknowledge) {
            return handout.acknowledge(acknowledge, now);
        } else if (command instanceof Tick) {
            return onTick(now);
        } else if (command instanceof Store) {
            return custody.store(now);
        } else if (command instanceof Settle settle) {
            return custody.settle(settle);
        } else if (command instanceof Watch watch) {
            return intake.watch(watch);
        } else if (command instanceof Revoke revoke) {
            return intake.revoke(revoke, now);
        } else if (command instanceof Attach attach) {
            return handout.attach(attach, now);
        } else if (command instanceof Detach detach) {
            return handout.detach(detach);
        } else if (command instanceof Grant grant) {
            return handout.grant(grant);
        } else if (command instanceof Poll poll) {
            return handout.poll(poll, now);
        } else if (command instanceof AcknowledgeIds acknowledge) {
            return handout.acknowledgeIds(acknowledge, now);
        } else if (command instanceof Authenticate authenticate) {
            return registration.authenticate(authenticate, now);
        } else if (command instanceof ShowConsent show) {
            return registration.show(show);
        } else if (command instanceof OptIn optIn) {
            return registration.optIn(optIn);
        } else if (command instanceof OptOut optOut) {
            return registration.optOut(optOut, this::erase);
        } else if (command instanceof Wake wake) {
            return onWake(wake, now);
        } else if (command instanceof Resnapshot) {
            return Effects.persist(new SubscriberEvent.Recovered()).thenNoReply();
        } else if (command instanceof Stop) {
            return onStop(now);
        }
        throw new IllegalArgumentException("nobody handles " + command.getClass());
    }

    /** One timer for each quiet time, none for each command. */
    private void stirred(Instant now) {
        lastAsked = now;
        if (!rest.isSet()) {
            rest.noLaterThan(now.plus(settings.idleAfter()));
        }
    }

    private ReplyEffect<SubscriberEvent, SubscriberState> onTick(Instant now) {
        alarm.rang();
        return custody.conclude(deliveries.due(now), () -> {
            alarm.noLaterThan(deliveries.nextDue());
            pollers.sendHome(now).ifPresent(alarm::noLaterThan);
            custody.watch();
        });
    }

    /** The sweeper's clock may be ahead. */
    private ReplyEffect<SubscriberEvent, SubscriberState> onWake(Wake command, Instant own) {
        Instant now = command.now().isAfter(own) ? command.now() : own;
        return custody.conclude(deliveries.due(now), () -> command.replyTo().tell(Done.getInstance()));
    }

    /** Everything of the subscriber goes, and whoever waits for it. */
    private void erase() {
        Instant now = clock.instant();
        sessions.closeAll(CloseReason.ERASED);
        pollers.dismiss();
        for (Waiting<Watcher> waiting : deliveries.clear()) {
            Watcher.ended(waiting, Rejection.of(waiting.envelope(), now), false);
        }
    }

    /** After a quiet time: leaves memory if nobody needs it there, and else gives back what it does not need. */
    private ReplyEffect<SubscriberEvent, SubscriberState> onIdle(Instant now) {
        rest.rang();
        Instant quiet = lastAsked.plus(settings.idleAfter());
        if (quiet.isAfter(now)) {
            rest.noLaterThan(quiet);
        } else if (!deliveries.isEmpty() || sessions.isAnyoneConnected() || pollers.isAnyoneWaiting()) {
            // Whatever changes this is a command, and sets the alarm again.
            deliveries.release();
            sessions.release();
        } else if (registration.remembersRequests(now)) {
            rest.noLaterThan(now.plus(settings.idleAfter()));
        } else {
            shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
        }
        return Effects.nothing();
    }

    private ReplyEffect<SubscriberEvent, SubscriberState> onStop(Instant now) {
        sessions.closeAll(CloseReason.RESTART);
        pollers.dismiss();
        return custody.storeAllAndStop(now);
    }

    /** The store did not confirm a snapshot: it is down, or a later incarnation of this subscriber lives elsewhere. */
    static final class SnapshotLost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SnapshotLost(Throwable cause) {
            super("a subscriber's snapshot was not confirmed", cause);
        }
    }
}
