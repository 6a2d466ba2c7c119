package lethe.broker.subscriber;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import lethe.broker.subscriber.SubscriberCommand.*;
import lethe.core.consent.Consent;
import lethe.core.consent.ConsentVerdict;
import lethe.core.consent.Policy;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.identity.SubscriberId;
import lethe.core.protocol.CloseReason;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.queue.DeliveryQueue;
import lethe.core.queue.Waiting;
import lethe.core.queue.Window;
import lethe.core.receipt.ReceiptState;
import lethe.core.subscriber.Admission;
import lethe.core.subscriber.Deliveries;
import lethe.core.subscriber.Ended;
import lethe.core.subscriber.Rejection;
import lethe.core.subscriber.Standing;
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
    private final Backlog backlog;
    private final Alarm alarm;

    private final Sessions sessions = new Sessions();
    private final Pollers pollers = new Pollers();
    private final Nonces nonces = new Nonces();
    private Deliveries<Watcher> deliveries;
    private boolean storing;
    private boolean snapshotIsCurrent = true;

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
        Backlog backlog = new Backlog();
        Behavior<SubscriberCommand> subscriber = Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new Subscriber(id, context, timers, shard, settings, policy, clock, released, backlog)));
        return Behaviors.intercept(() -> backlog, subscriber);
    }

    private Subscriber(
            SubscriberId id,
            ActorContext<SubscriberCommand> context,
            TimerScheduler<SubscriberCommand> timers,
            ActorRef<ClusterSharding.ShardCommand> shard,
            SubscriberSettings settings,
            Supplier<Policy> policy,
            Clock clock,
            Consumer<String> released,
            Backlog backlog) {
        super(PersistenceId.of(KEY.name(), id.toText()));
        this.context = context;
        this.shard = shard;
        this.settings = settings;
        this.policy = policy;
        this.clock = clock;
        this.released = released;
        this.backlog = backlog;
        this.alarm = new Alarm(timers);
        this.deliveries = Deliveries.of(emptyState(), settings.bounds(), clock.instant());
        context.setReceiveTimeout(settings.idleAfter(), Idle.IDLE);
    }

    @Override
    public SubscriberState emptyState() {
        return SubscriberState.absent(clock.millis());
    }

    @Override
    public EventHandler<SubscriberState, SubscriberEvent> eventHandler() {
        return (state, event) -> {
            if (snapshotIsCurrent) {
                state.saved();
            }
            snapshotIsCurrent = false;
            event.applyTo(state);
            return state;
        };
    }

    @Override
    public boolean shouldSnapshot(SubscriberState state, SubscriberEvent event, long sequenceNumber) {
        return true;
    }

    @Override
    public SignalHandler<SubscriberState> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), this::recovered)
                .onSignal(
                        PostStop.instance(),
                        state -> released.accept(persistenceId().id()))
                .onSignal(SnapshotCompleted.class, (state, signal) -> snapshotIsCurrent = true)
                .onSignal(SnapshotFailed.class, (state, signal) -> {
                    throw new SnapshotLost(signal.getFailure());
                })
                .build();
    }

    private void recovered(SubscriberState state) {
        deliveries = Deliveries.of(state, settings.bounds(), clock.instant());
        alarm.noLaterThan(deliveries.nextDue(), clock.instant());
        if (!snapshotIsCurrent) {
            context.getSelf().tell(Resnapshot.RESNAPSHOT);
        }
    }

    @Override
    public CommandHandlerWithReply<SubscriberCommand, SubscriberEvent, SubscriberState> commandHandler() {
        CommandHandlerWithReply<SubscriberCommand, SubscriberEvent, SubscriberState> handlers =
                newCommandHandlerWithReplyBuilder()
                        .forAnyState()
                        .onCommand(Deliver.class, this::onDeliver)
                        .onCommand(Acknowledge.class, (state, command) -> onAcknowledge(command))
                        .onCommand(AcknowledgeIds.class, (state, command) -> onAcknowledgeIds(command))
                        .onCommand(Attach.class, this::onAttach)
                        .onCommand(Detach.class, (state, command) -> onDetach(command))
                        .onCommand(Grant.class, (state, command) -> onGrant(command))
                        .onCommand(Poll.class, this::onPoll)
                        .onCommand(Watch.class, (state, command) -> onWatch(command))
                        .onCommand(Revoke.class, (state, command) -> onRevoke(command))
                        .onCommand(Settle.class, this::onSettle)
                        .onCommand(OptIn.class, this::onOptIn)
                        .onCommand(OptOut.class, this::onOptOut)
                        .onCommand(ShowConsent.class, this::onShowConsent)
                        .onCommand(Authenticate.class, this::onAuthenticate)
                        .onCommand(Wake.class, (state, command) -> onWake(command))
                        .onCommand(Tick.class, (state, command) -> onTick())
                        .onCommand(Store.class, (state, command) -> onStore())
                        .onCommand(
                                Resnapshot.class,
                                (state, command) -> Effect()
                                        .persist(new SubscriberEvent.Recovered())
                                        .thenNoReply())
                        .onCommand(Idle.class, (state, command) -> onIdle())
                        .onCommand(Stop.class, (state, command) -> onStop())
                        .build();
        return (state, command) -> {
            backlog.handled();
            return handlers.apply(state, command);
        };
    }

    private ReplyEffect<SubscriberEvent, SubscriberState> onDeliver(SubscriberState state, Deliver command) {
        Instant now = clock.instant();
        if (present(state).isEmpty()) {
            return turnAway(command, now);
        }
        Admission<Watcher> admission = deliveries.admit(
                command.envelope(), command.device(), command.after(), command.sender(), command.watcher(), now);
        if (admission instanceof Admission.Admitted<Watcher> admitted) {
            return handOn(admitted.device(), admitted.waiting(), now);
        }
        if (admission instanceof Admission.AlreadyWaiting<Watcher> already) {
            if (already.waiting().isStored()) {
                command.watcher().isHeld(already.waiting());
            }
        } else if (admission instanceof Admission.Over<Watcher> over) {
            command.watcher().ended(over.receipt(), over.settle());
        } else if (admission instanceof Admission.Refused<Watcher> refused) {
            command.watcher().refused(command.envelope().id(), refused.problem());
        }
        return Effect().noReply();
    }

    /** Nothing is taken without a consent that holds; and what was taken under an older one does not stay either. */
    private ReplyEffect<SubscriberEvent, SubscriberState> turnAway(Deliver command, Instant now) {
        return conclude(deliveries.expel(now), () -> {
            if (deliveries.standing(command.envelope().id()) instanceof Standing.HasEnded<Watcher> known) {
                command.watcher().ended(known.receipt(), known.settle());
            } else {
                command.watcher().ended(Rejection.of(command.envelope(), now), false);
            }
        });
    }

    private ReplyEffect<SubscriberEvent, SubscriberState> handOn(
            DeviceId device, Waiting<Watcher> waiting, Instant now) {
        Optional<Attachment> attachment = sessions.of(device);
        attachment.ifPresent(phone -> phone.offer(waiting));
        boolean onItsWay = sessions.isConnected(device) || pollers.serve(device, deliveries.queue(device));
        alarm.noLaterThan(waiting.envelope().due(), now);
        if (onItsWay) {
            alarm.noLaterThan(now.plus(settings.holdWindow()), now);
        } else if (waiting.livesAtMost(settings.holdWindow())) {
            return conclude(List.of(deliveries.end(waiting, ReceiptState.EXPIRED, now)), () -> {});
        } else {
            storeSoon();
        }
        return Effect().noReply();
    }

    /** Goes behind what is in the mailbox, so that a burst shares one write. */
    private void storeSoon() {
        if (!storing) {
            storing = true;
            context.getSelf().tell(Store.STORE);
        }
    }

    private ReplyEffect<SubscriberEvent, SubscriberState> onAcknowledge(Acknowledge command) {
        Optional<Attachment> attachment = sessions.live(command.session());
        if (attachment.isEmpty()) {
            return Effect().noReply();
        }
        Window<Watcher> window = attachment.get().window();
        boolean ahead = window.isAhead(command.upto())
                || command.undecryptable().stream().anyMatch(seq -> seq > command.upto());
        if (ahead) {
            command.replyTo().tell(new ToSession.Objected(Problem.of(ProblemType.OUT_OF_TURN, "never offered")));
            return Effect().noReply();
        }
        Instant now = clock.instant();
        List<Ended<Watcher>> ended = new ArrayList<>();
        for (Waiting<Watcher> waiting : window.take(command.undecryptable())) {
            ended.add(deliveries.end(waiting, ReceiptState.UNDECRYPTABLE, now));
        }
        for (Waiting<Watcher> waiting : window.acknowledge(command.upto(), command.except())) {
            ended.add(deliveries.end(waiting, ReceiptState.DELIVERED, now));
        }
        return conclude(ended, () -> {});
    }

    private ReplyEffect<SubscriberEvent, SubscriberState> onAcknowledgeIds(AcknowledgeIds command) {
        Instant now = clock.instant();
        DeliveryQueue<Watcher> queue = deliveries.queue(command.device());
        List<Ended<Watcher>> ended = command.ids().stream()
                .distinct()
                .flatMap(id -> queue.find(id).stream())
                .map(waiting -> deliveries.end(waiting, ReceiptState.DELIVERED, now))
                .toList();
        return conclude(ended, () -> command.replyTo().tell(Done.getInstance()));
    }

    /**
     * Ends messages: at once those that only memory knows, and after a durable write those in custody.
     *
     * @param then runs when all of it is done
     */
    private ReplyEffect<SubscriberEvent, SubscriberState> conclude(List<Ended<Watcher>> ended, Runnable then) {
        List<Ended<Watcher>> fleeting =
                ended.stream().filter(end -> !end.mustPersist()).toList();
        deliveries.forget(fleeting);
        fleeting.forEach(end -> Watcher.ended(end.waiting(), end.receipt(), false));
        List<Ended<Watcher>> lasting = ended.stream().filter(Ended::mustPersist).toList();
        if (lasting.isEmpty()) {
            sessions.push();
            then.run();
            return Effect().noReply();
        }
        SubscriberEvent event =
                new SubscriberEvent.Ended(lasting.stream().map(Ended::receipt).toList());
        return Effect()
                .persist(event)
                .thenRun(() -> {
                    deliveries.forget(lasting);
                    lasting.forEach(end -> Watcher.ended(end.waiting(), end.receipt(), true));
                    sessions.push();
                    then.run();
                })
                .thenNoReply();
    }

    private ReplyEffect<SubscriberEvent, SubscriberState> onAttach(SubscriberState state, Attach command) {
        if (present(state).isEmpty() || command.epoch() < policy.get().epoch()) {
            command.replyTo().tell(new ToSession.Leave(CloseReason.NO_CONSENT));
            return Effect().noReply();
        }
        boolean authentic = state.device(command.device())
                .map(device -> device.key().signed(command.statement().shared(), command.proof()))
                .orElse(false);
        if (!authentic) {
            command.replyTo().tell(new ToSession.Leave(CloseReason.NOT_AUTHENTIC));
            return Effect().noReply();
        }
        if (sessions.isConnectedSince(command.device(), command.opened())) {
            // A connection that the phone has given up may be heard later than the one that it opened next.
            // Should the clocks be wrong, the phone comes back with a younger one.
            command.replyTo().tell(new ToSession.Leave(CloseReason.RESTART));
            return Effect().noReply();
        }
        Instant now = clock.instant();
        Optional<Window<Watcher>> former = sessions.of(command.device())
                .filter(attachment -> attachment.session().equals(command.resume()))
                .map(Attachment::window)
                .filter(window -> !window.isAhead(command.acked()));
        List<Ended<Watcher>> delivered =
                former.map(window -> window.acknowledge(command.acked(), List.of())).orElse(List.of()).stream()
                        .map(waiting -> deliveries.end(waiting, ReceiptState.DELIVERED, now))
                        .toList();
        return conclude(delivered, () -> attach(command, former.isPresent()));
    }

    private void attach(Attach command, boolean resumed) {
        DeliveryQueue<Watcher> queue = deliveries.queue(command.device());
        Window<Watcher> window = new Window<>(queue.entries(), command.credit(), settings.creditLimit());
        Attachment attachment = new Attachment(command.session(), command.opened(), command.replyTo(), window);
        sessions.replace(command.device(), attachment);
        context.watchWith(command.replyTo(), new Detach(command.session()));
        command.replyTo().tell(new ToSession.Attached(resumed, context.getSelf()));
        attachment.push();
    }

    private ReplyEffect<SubscriberEvent, SubscriberState> onDetach(Detach command) {
        sessions.live(command.session()).ifPresent(attachment -> {
            context.unwatch(attachment.phone());
            attachment.leave();
            storeSoon();
        });
        return Effect().noReply();
    }

    private ReplyEffect<SubscriberEvent, SubscriberState> onGrant(Grant command) {
        sessions.live(command.session()).ifPresent(attachment -> {
            attachment.window().grant(command.more());
            attachment.push();
        });
        return Effect().noReply();
    }

    private ReplyEffect<SubscriberEvent, SubscriberState> onPoll(SubscriberState state, Poll command) {
        Instant now = clock.instant();
        pollers.poll(command, deliveries.queue(command.device()), now);
        alarm.noLaterThan(command.until(), now);
        return Effect().noReply();
    }

    private ReplyEffect<SubscriberEvent, SubscriberState> onWatch(Watch command) {
        for (MessageId id : command.ids()) {
            Standing<Watcher> standing = deliveries.standing(id);
            if (standing instanceof Standing.IsWaiting<Watcher> is) {
                is.waiting().watchedBy(command.watcher());
                if (is.waiting().isStored()) {
                    command.watcher().isHeld(is.waiting());
                }
            } else if (standing instanceof Standing.HasEnded<Watcher> has) {
                command.watcher().ended(has.receipt(), has.settle());
            } else {
                command.watcher().unknown(id);
            }
        }
        return Effect().noReply();
    }

    private ReplyEffect<SubscriberEvent, SubscriberState> onRevoke(Revoke command) {
        Standing<Watcher> standing = deliveries.standing(command.id());
        if (standing instanceof Standing.IsWaiting<Watcher> is) {
            is.waiting().watchedBy(command.watcher());
            return conclude(List.of(deliveries.withdraw(is.waiting(), clock.instant())), () -> {});
        }
        if (standing instanceof Standing.HasEnded<Watcher> has) {
            command.watcher().ended(has.receipt(), has.settle());
        } else {
            command.watcher().unknown(command.id());
        }
        return Effect().noReply();
    }

    private ReplyEffect<SubscriberEvent, SubscriberState> onSettle(SubscriberState state, Settle command) {
        List<MessageId> kept = command.ids().stream()
                .distinct()
                .filter(id -> state.receipt(id).isPresent())
                .toList();
        if (kept.isEmpty()) {
            return Effect().reply(command.replyTo(), Done.getInstance());
        }
        return Effect()
                .persist(new SubscriberEvent.Settled(kept))
                .thenReply(command.replyTo(), settled -> Done.getInstance());
    }

    private ReplyEffect<SubscriberEvent, SubscriberState> onOptIn(SubscriberState state, OptIn command) {
        boolean othersAddress = !state.devices().isEmpty()
                && state.device(command.device().id())
                        .filter(command.device()::equals)
                        .isEmpty();
        if (othersAddress) {
            return Effect().reply(command.replyTo(), refusal(Problem.of(ProblemType.OTHER_DEVICE)));
        }
        ConsentVerdict verdict = policy.get().judge(command.consent());
        if (verdict != ConsentVerdict.GOOD) {
            Problem problem = Problem.of(ProblemType.CONSENT_REFUSED, verdict.toString());
            return Effect().reply(command.replyTo(), refusal(problem));
        }
        return Effect()
                .persist(new SubscriberEvent.OptedIn(command.consent(), command.device()))
                .thenReply(command.replyTo(), entered -> new OptInAnswer.OnFile(command.consent()));
    }

    private static OptInAnswer refusal(Problem problem) {
        return new OptInAnswer.Refused(problem);
    }

    private ReplyEffect<SubscriberEvent, SubscriberState> onOptOut(SubscriberState state, OptOut command) {
        if (state.consent().isEmpty()) {
            return Effect().reply(command.replyTo(), Done.getInstance());
        }
        return Effect()
                .persist(new SubscriberEvent.OptedOut())
                .thenRun(this::erase)
                .thenReply(command.replyTo(), erased -> Done.getInstance());
    }

    private void erase() {
        Instant now = clock.instant();
        sessions.closeAll(CloseReason.ERASED);
        pollers.dismiss();
        for (Waiting<Watcher> waiting : deliveries.clear()) {
            Watcher.ended(waiting, Rejection.of(waiting.envelope(), now), false);
        }
    }

    private ReplyEffect<SubscriberEvent, SubscriberState> onShowConsent(SubscriberState state, ShowConsent command) {
        OptInAnswer answer = state.consent()
                .<OptInAnswer>map(OptInAnswer.OnFile::new)
                .orElseGet(() -> refusal(Problem.of(ProblemType.NO_CONSENT)));
        return Effect().reply(command.replyTo(), answer);
    }

    private ReplyEffect<SubscriberEvent, SubscriberState> onAuthenticate(SubscriberState state, Authenticate command) {
        return Effect().reply(command.replyTo(), authenticity(state, command));
    }

    private Authenticity authenticity(SubscriberState state, Authenticate command) {
        boolean authentic = state.device(command.device())
                .map(device -> device.key().signed(command.statement().shared(), command.signature()))
                .orElse(false);
        if (!authentic) {
            return new Authenticity.Refused(
                    Problem.of(state.consent().isEmpty() ? ProblemType.NO_CONSENT : ProblemType.NOT_AUTHENTIC));
        }
        return switch (nonces.use(command.nonce(), clock.instant())) {
            case FRESH -> new Authenticity.Authentic(present(state).isPresent());
            case REPEATED -> new Authenticity.Refused(Problem.of(ProblemType.REPLAYED));
            case NO_ROOM -> new Authenticity.Refused(Problem.of(ProblemType.TOO_MANY_REQUESTS));
        };
    }

    /** The consent, if it holds under the policy in force. */
    private Optional<Consent> present(SubscriberState state) {
        return state.consent().filter(policy.get()::honours);
    }

    private ReplyEffect<SubscriberEvent, SubscriberState> onWake(Wake command) {
        Instant own = clock.instant();
        Instant now = command.now().isAfter(own) ? command.now() : own;
        return conclude(deliveries.due(now), () -> command.replyTo().tell(Done.getInstance()));
    }

    private ReplyEffect<SubscriberEvent, SubscriberState> onTick() {
        alarm.rang();
        Instant now = clock.instant();
        return conclude(deliveries.due(now), () -> {
            alarm.noLaterThan(deliveries.nextDue(), now);
            pollers.sendHome(now).ifPresent(next -> alarm.noLaterThan(next, now));
            storeSoon();
        });
    }

    /**
     * Takes what has waited long enough into custody: whatever waits for no phone, and for a connected phone what it
     * did not acknowledge within the hold window.
     */
    private ReplyEffect<SubscriberEvent, SubscriberState> onStore() {
        storing = false;
        Batch batch = Batch.of(
                deliveries,
                clock.instant(),
                device -> sessions.isConnected(device) ? settings.holdWindow() : Duration.ZERO,
                settings.holdWindow());
        if (batch.isEmpty()) {
            watchHoldWindow();
            return Effect().noReply();
        }
        return Effect()
                .persist(batch.event())
                .thenRun(() -> {
                    batch.stored();
                    watchHoldWindow();
                })
                .thenNoReply();
    }

    /** What is still unstored has its own time. */
    private void watchHoldWindow() {
        Instant now = clock.instant();
        deliveries.holdEnds(settings.holdWindow()).ifPresent(ends -> alarm.noLaterThan(ends, now));
    }

    private ReplyEffect<SubscriberEvent, SubscriberState> onIdle() {
        boolean needed = !deliveries.isEmpty()
                || sessions.isAnyoneConnected()
                || pollers.isAnyoneWaiting()
                || nonces.isAnyFresh(clock.instant());
        if (!needed) {
            shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
        }
        return Effect().noReply();
    }

    private ReplyEffect<SubscriberEvent, SubscriberState> onStop() {
        sessions.closeAll(CloseReason.RESTART);
        pollers.dismiss();
        Batch batch = Batch.of(deliveries, clock.instant(), device -> Duration.ZERO, settings.holdWindow());
        if (batch.isEmpty()) {
            return Effect().stop().thenNoReply();
        }
        return Effect().persist(batch.event()).thenRun(batch::stored).thenStop().thenNoReply();
    }

    /** The store did not confirm a snapshot: it is down, or a later incarnation of this subscriber lives elsewhere. */
    static final class SnapshotLost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SnapshotLost(Throwable cause) {
            super("a subscriber's snapshot was not confirmed", cause);
        }
    }
}
