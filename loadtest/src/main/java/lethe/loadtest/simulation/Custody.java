package lethe.loadtest.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.queue.DeliveryQueue;
import lethe.core.queue.Waiting;
import lethe.core.receipt.ReceiptState;
import lethe.core.subscriber.Deliveries;
import lethe.core.subscriber.Ended;
import lethe.core.subscriber.HeldEnvelope;
import lethe.core.subscriber.SubscriberEvent;
import lethe.core.subscriber.SubscriberState;

/**
 * What must be durable before anybody hears of it: messages held, their ends, and the receipts settled. As the broker's
 * class of this name, for one device.
 */
final class Custody {
    static final Duration HOLD_WINDOW = Duration.ofMillis(250);

    private static final Duration GATHER = Duration.ofMillis(10);
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(1);

    private final World world;
    private final Owner owner;
    private final Desk desk;
    private final SubscriberState state;
    private final Deliveries<Watcher> deliveries;
    private final Alarm alarm;
    private final Alarm gathering;
    private Set<MessageId> settled = new LinkedHashSet<>();

    Custody(World world, Owner owner, Desk desk, SubscriberState state, Deliveries<Watcher> deliveries, Alarm alarm) {
        this.world = world;
        this.owner = owner;
        this.desk = desk;
        this.state = state;
        this.deliveries = deliveries;
        this.alarm = alarm;
        this.gathering = new Alarm(owner, working -> storeWhatIsDue());
    }

    /** Ends messages: at once those that only memory knows, and after a durable write those in custody. */
    void conclude(List<Ended<Watcher>> ended, List<SubscriberEvent> also, Runnable then) {
        List<Ended<Watcher>> lasting = new ArrayList<>();
        for (Ended<Watcher> end : ended) {
            if (mustPersist(end)) {
                lasting.add(end);
            } else {
                tell(end);
            }
        }
        if (lasting.isEmpty() && also.isEmpty()) {
            desk.push();
            then.run();
            return;
        }
        List<SubscriberEvent> events = new ArrayList<>(also);
        settlement().ifPresent(events::add);
        if (!lasting.isEmpty()) {
            events.add(new SubscriberEvent.Ended(
                    lasting.stream().map(Ended::receipt).toList()));
        }
        owner.persist(state, events, () -> {
            settlementWritten();
            lasting.forEach(this::tell);
            desk.push();
            then.run();
        });
    }

    private boolean mustPersist(Ended<Watcher> end) {
        return world.plan().has(Plant.FLEETING_VERDICT) ? end.waiting().isStored() : end.mustPersist();
    }

    private void tell(Ended<Watcher> end) {
        deliveries.forget(end);
        if (end.receipt().state() == ReceiptState.DELIVERED) {
            world.truth().concluded(end.receipt().id(), world.chronicle().nanos());
        }
        Watcher watcher = end.waiting().watcher();
        if (watcher != null) {
            watcher.ended(owner, end.receipt(), mustPersist(end));
        }
    }

    /** The sender has these receipts. */
    void settle(List<MessageId> ids) {
        List<MessageId> kept =
                ids.stream().filter(id -> state.receipt(id).isPresent()).toList();
        if (settled.addAll(kept)) {
            storeWithin(SETTLED_WITHIN);
        }
    }

    private Optional<SubscriberEvent> settlement() {
        List<MessageId> kept =
                settled.stream().filter(id -> state.receipt(id).isPresent()).toList();
        return kept.isEmpty() ? Optional.empty() : Optional.of(new SubscriberEvent.Settled(kept));
    }

    private void settlementWritten() {
        settled.forEach(id -> world.truth().settled(id, world.chronicle().nanos()));
        settled = new LinkedHashSet<>();
    }

    void storeSoon() {
        storeWithin(GATHER);
    }

    private void storeWithin(Duration time) {
        gathering.noLaterThan(desk.now().plus(time));
    }

    private void storeWhatIsDue() {
        store(desk.isConnected() ? HOLD_WINDOW : Duration.ZERO, this::watchHoldWindow);
    }

    /** Takes into custody what has waited in memory for so long. */
    void store(Duration patience, Runnable then) {
        DeviceId device = world.phone(owner.subscriber()).device();
        DeliveryQueue<Watcher> queue = deliveries.queue(device);
        List<Waiting<Watcher>> waiting = queue.toStore(desk.now(), patience, HOLD_WINDOW);
        List<SubscriberEvent> events = new ArrayList<>(2);
        settlement().ifPresent(events::add);
        if (!waiting.isEmpty()) {
            events.add(new SubscriberEvent.Held(waiting.stream()
                    .map(one -> new HeldEnvelope(one.slot(), device, one.envelope()))
                    .toList()));
        }
        if (events.isEmpty()) {
            then.run();
            return;
        }
        if (world.plan().has(Plant.HELD_BEFORE_SAVED)) {
            waiting.forEach(this::tellHeld);
        }
        owner.persist(state, events, () -> {
            settlementWritten();
            queue.stored(waiting);
            waiting.forEach(this::tellHeld);
            then.run();
        });
    }

    private void tellHeld(Waiting<Watcher> waiting) {
        Watcher watcher = waiting.watcher();
        if (watcher != null) {
            watcher.isHeld(owner, waiting);
        }
    }

    private void watchHoldWindow() {
        deliveries.holdEnds(HOLD_WINDOW).ifPresent(alarm::noLaterThan);
    }

    /** Time has passed: stores what has waited long enough, or waits for it. */
    void watch() {
        Optional<Instant> ends = deliveries.holdEnds(HOLD_WINDOW);
        if (ends.isPresent() && !ends.get().isAfter(desk.now())) {
            storeSoon();
        } else {
            ends.ifPresent(alarm::noLaterThan);
        }
    }
}
