package lethe.core.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import lethe.core.Samples;
import lethe.core.account.Account;
import lethe.core.account.Device;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.queue.Bounds;
import lethe.core.queue.Envelope;
import lethe.core.queue.Waiting;
import lethe.core.receipt.Receipt;
import lethe.core.receipt.ReceiptState;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber whose actor is a test: performs what the deliveries decide, writes to a {@link SnapshotTable}, moves the
 * time, crashes, and notes every end that a sender is told.
 */
final class HandDriven {
    static final Duration HOLD_WINDOW = Duration.ofMillis(250);

    private final Bounds bounds;
    private final SnapshotTable store = new SnapshotTable();
    private final Map<MessageId, List<Receipt>> told = new HashMap<>();
    private SubscriberState state = SubscriberState.absent(1);
    private Deliveries<String> deliveries;
    private Instant now = Samples.START;

    HandDriven(Bounds bounds) {
        this.bounds = bounds;
        this.deliveries = Deliveries.of(state, bounds, now);
    }

    Deliveries<String> deliveries() {
        return deliveries;
    }

    SubscriberState state() {
        return state;
    }

    Instant now() {
        return now;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** What senders were told about the end of a message, one after the other. */
    List<Receipt> told(MessageId id) {
        return told.getOrDefault(id, List.of());
    }

    void enter(Device device) {
        List<Device> devices = new ArrayList<>(state.devices());
        devices.add(device);
        Account account = Samples.account(devices.toArray(Device[]::new));
        persist(new SubscriberEvent.OptedIn(Samples.consent(new Random(1), device.id()), account));
    }

    Admission<String> offer(Envelope envelope, @Nullable DeviceId device, @Nullable MessageId after, long sender) {
        Admission<String> admission =
                deliveries.admit(envelope, Addressee.of(device, null), after, sender, "sender " + sender, now);
        if (admission instanceof Admission.Over<String> over) {
            tell(over.receipt());
        }
        return admission;
    }

    void end(List<Ended<String>> ended) {
        List<Receipt> lasting =
                ended.stream().filter(Ended::mustPersist).map(Ended::receipt).toList();
        if (!lasting.isEmpty()) {
            persist(new SubscriberEvent.Ended(lasting));
        }
        ended.forEach(deliveries::forget);
        ended.forEach(end -> tell(end.receipt()));
    }

    private void tell(Receipt receipt) {
        told.computeIfAbsent(receipt.id(), id -> new ArrayList<>()).add(receipt);
    }

    void deliver(Waiting<String> waiting) {
        end(List.of(deliveries.end(waiting, ReceiptState.DELIVERED, now)));
    }

    void withdraw(Waiting<String> waiting) {
        end(List.of(deliveries.withdraw(waiting, now)));
    }

    void tick() {
        end(deliveries.due(now));
    }

    void store(Duration holdWindow) {
        Map<DeviceId, List<Waiting<String>>> ripe = new HashMap<>();
        List<HeldEnvelope> rows = new ArrayList<>();
        deliveries.queues().forEach((device, queue) -> {
            List<Waiting<String>> waiting = queue.toStore(now, holdWindow, HOLD_WINDOW);
            ripe.put(device, waiting);
            waiting.forEach(each -> rows.add(new HeldEnvelope(each.slot(), device, each.envelope())));
        });
        if (!rows.isEmpty()) {
            persist(new SubscriberEvent.Held(rows));
            ripe.forEach((device, waiting) -> deliveries.queue(device).stored(waiting));
        }
    }

    void settle(MessageId id) {
        persist(new SubscriberEvent.Settled(List.of(id)));
    }

    void optOut() {
        persist(new SubscriberEvent.OptedOut());
        deliveries.clear().forEach(waiting -> tell(Rejection.of(waiting.envelope(), now)));
    }

    void crash() {
        state = store.recover();
        deliveries = Deliveries.of(state, bounds, now);
    }

    private void persist(SubscriberEvent event) {
        state.saved();
        event.applyTo(state);
        store.snapshot(state);
    }

    /** Everything that waits, of all devices. */
    List<Waiting<String>> waiting() {
        List<Waiting<String>> all = new ArrayList<>();
        deliveries.queues().values().forEach(queue -> all.addAll(queue.entries()));
        return all;
    }

    /** What waits in memory is what the state holds, and what is not stored yet. */
    void agreesWithItsState() {
        assertThat(waiting().stream()
                        .filter(Waiting::isStored)
                        .map(each -> each.envelope().id()))
                .containsExactlyInAnyOrderElementsOf(
                        state.held().stream().map(row -> row.envelope().id()).toList());
        assertThat(waiting())
                .noneMatch(each -> state.receipt(each.envelope().id()).isPresent());
    }
}
