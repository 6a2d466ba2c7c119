package lethe.broker.subscriber;

import akka.persistence.typed.javadsl.EffectBuilder;
import akka.persistence.typed.javadsl.ReplyEffect;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lethe.broker.subscriber.SubscriberCommand.Settle;
import lethe.core.identity.DeviceId;
import lethe.core.subscriber.Deliveries;
import lethe.core.subscriber.Ended;
import lethe.core.subscriber.SubscriberEvent;
import lethe.core.subscriber.SubscriberState;

/** What must be durable before anybody hears of it: messages held, their ends, and the receipts settled. */
final class Custody {
    /** For whoever has nothing left to do. */
    static final Runnable DONE = () -> {};

    /** Nothing depends on when a settled receipt goes, and alone it costs as much as the message has. */
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(1);

    private final SubscriberState state;
    private final Deliveries<Watcher> deliveries;
    private final Settlements settlements;
    private final Sessions sessions;
    private final Duration holdWindow;
    private final Alarm alarm;
    private final Clock clock;
    private final Alarm gathering;
    private final Duration gather;

    /**
     * Custody of one subscriber's messages.
     *
     * @param alarm for what has its time
     * @param gathering rings for {@link #store}
     * @param gather how long what is to be written waits for more
     */
    Custody(
            SubscriberState state,
            Deliveries<Watcher> deliveries,
            Sessions sessions,
            Duration holdWindow,
            Alarm alarm,
            Alarm gathering,
            Duration gather,
            Clock clock) {
        this.state = state;
        this.deliveries = deliveries;
        this.settlements = new Settlements(state);
        this.sessions = sessions;
        this.holdWindow = holdWindow;
        this.alarm = alarm;
        this.gathering = gathering;
        this.gather = gather;
        this.clock = clock;
    }

    /**
     * Ends messages: at once those that only memory knows, and after a durable write those in custody.
     *
     * @param then runs when all of it is done
     */
    ReplyEffect<SubscriberEvent, SubscriberState> conclude(List<Ended<Watcher>> ended, Runnable then) {
        return conclude(ended, List.of(), then);
    }

    /**
     * As {@link #conclude}, because somebody found that something is due; what is still held then is to be found again,
     * and gets newer keys with the write; what is left of lost messages goes.
     */
    ReplyEffect<SubscriberEvent, SubscriberState> look(List<Ended<Watcher>> ended, Instant now, Runnable then) {
        boolean idle = state.held().isEmpty() && state.lost().isEmpty();
        return conclude(ended, idle ? List.of() : List.of(new SubscriberEvent.Woken(now)), then);
    }

    /**
     * As {@link #conclude}, together with what else has happened.
     *
     * @param also is written first
     */
    ReplyEffect<SubscriberEvent, SubscriberState> conclude(
            List<Ended<Watcher>> ended, List<SubscriberEvent> also, Runnable then) {
        List<Ended<Watcher>> lasting = List.of();
        for (Ended<Watcher> end : ended) {
            if (end.mustPersist()) {
                lasting = lasting.isEmpty() ? new ArrayList<>() : lasting;
                lasting.add(end);
            } else {
                tell(end);
            }
        }
        if (lasting.isEmpty() && also.isEmpty()) {
            sessions.push();
            then.run();
            return Effects.nothing();
        }
        List<Ended<Watcher>> persisted = lasting;
        List<SubscriberEvent> events = new ArrayList<>(also);
        settlements.event().ifPresent(events::add);
        if (!persisted.isEmpty()) {
            events.add(new SubscriberEvent.Ended(
                    persisted.stream().map(Ended::receipt).toList()));
        }
        return Effects.persist(events)
                .thenRun(() -> {
                    settlements.written();
                    persisted.forEach(this::tell);
                    sessions.push();
                    then.run();
                })
                .thenNoReply();
    }

    private void tell(Ended<Watcher> end) {
        deliveries.forget(end);
        Watcher.ended(end.waiting(), end.receipt(), end.mustPersist());
    }

    /** The sender has these receipts: they are deleted with the next write, together with what comes meanwhile. */
    ReplyEffect<SubscriberEvent, SubscriberState> settle(Settle command) {
        if (settlements.gather(command)) {
            storeWithin(command.awaited() ? gather : SETTLED_WITHIN);
        }
        return Effects.nothing();
    }

    /** After a moment, so that a burst shares one write: a write costs the store as much as many messages do. */
    void storeSoon() {
        storeWithin(gather);
    }

    private void storeWithin(Duration time) {
        gathering.noLaterThan(clock.instant().plus(time));
    }

    /**
     * Takes what has waited long enough into custody: whatever waits for no phone, and for a connected phone what it
     * did not acknowledge within the hold window.
     */
    ReplyEffect<SubscriberEvent, SubscriberState> store(Instant now) {
        gathering.rang();
        Batch batch = Batch.of(deliveries, now, this::patience, holdWindow);
        if (batch.isEmpty() && settlements.isEmpty()) {
            watchHoldWindow();
            return Effects.nothing();
        }
        return write(batch).thenRun(this::watchHoldWindow).thenNoReply();
    }

    private Duration patience(DeviceId device) {
        return sessions.isConnected(device) ? holdWindow : Duration.ZERO;
    }

    private EffectBuilder<SubscriberEvent, SubscriberState> write(Batch batch) {
        List<SubscriberEvent> events = new ArrayList<>(2);
        settlements.event().ifPresent(events::add);
        if (!batch.isEmpty()) {
            events.add(batch.event());
        }
        return Effects.persist(events).thenRun(() -> {
            batch.stored();
            settlements.written();
        });
    }

    /** What is still unstored has its own time. */
    private void watchHoldWindow() {
        deliveries.holdEnds(holdWindow).ifPresent(alarm::noLaterThan);
    }

    /** Time has passed: stores what has waited long enough, or waits for it. */
    void watch() {
        Optional<Instant> ends = deliveries.holdEnds(holdWindow);
        if (ends.isPresent() && !ends.get().isAfter(clock.instant())) {
            storeSoon();
        } else {
            ends.ifPresent(alarm::noLaterThan);
        }
    }

    /** The actor must go: stores everything that waits, then stops. */
    ReplyEffect<SubscriberEvent, SubscriberState> storeAllAndStop(Instant now) {
        return write(Batch.of(deliveries, now, device -> Duration.ZERO, holdWindow))
                .thenStop()
                .thenNoReply();
    }
}
