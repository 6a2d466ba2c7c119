package lethe.core.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import lethe.core.Samples;
import lethe.core.Trials;
import lethe.core.account.Device;
import lethe.core.consent.Consent;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.queue.Slot;
import lethe.core.receipt.Receipt;
import lethe.core.receipt.ReceiptState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever happens to a subscriber, and wherever it crashes: it is as its last snapshot said, exactly. */
class SubscriberRecoveryTest {
    private static final List<ReceiptState> ENDS =
            List.of(ReceiptState.DELIVERED, ReceiptState.EXPIRED, ReceiptState.UNDECRYPTABLE);

    @Test
    void isAfterACrashAsItsLastSnapshotSaid() {
        Trials.forAll(random -> new Run(random).run());
    }

    private record Facts(
            @Nullable Consent consent,
            Map<DeviceId, Device> devices,
            Map<MessageId, HeldEnvelope> held,
            Map<MessageId, Receipt> receipts) {}

    /** A subscriber, its store, and what it should be, kept apart in plain maps. */
    private static final class Run {
        private final Random random;
        private final SnapshotTable store = new SnapshotTable();
        private SubscriberState state = SubscriberState.absent(1);
        private long lastNumber;

        private @Nullable Consent consent;
        private final Map<DeviceId, Device> devices = new HashMap<>();
        private final Map<MessageId, HeldEnvelope> held = new LinkedHashMap<>();
        private final Map<MessageId, Receipt> receipts = new HashMap<>();
        private Facts saved = new Facts(null, Map.of(), Map.of(), Map.of());

        Run(Random random) {
            this.random = random;
        }

        void run() {
            for (int step = 0; step < 120; step++) {
                happen();
                if (random.nextInt(3) > 0) {
                    snapshot();
                }
                if (random.nextInt(6) == 0) {
                    crash();
                }
                isAsItShouldBe();
            }
            erasureLeavesNothing();
        }

        private void happen() {
            if (consent == null) {
                optIn(Samples.device(random));
                return;
            }
            switch (random.nextInt(12)) {
                case 0 -> optIn(random.nextBoolean() ? Samples.device(random) : anyDevice());
                case 1 -> optOut();
                case 2 -> persist(new SubscriberEvent.Woken(Samples.START));
                case 3, 4, 5, 6 -> hold();
                case 7, 8, 9 -> end();
                default -> settle();
            }
        }

        private void persist(SubscriberEvent event) {
            event.applyTo(state);
        }

        private Device anyDevice() {
            return Samples.oneOf(random, List.copyOf(devices.values()));
        }

        private void optIn(Device device) {
            Consent given = Samples.consent(random, device.id());
            consent = given;
            devices.put(device.id(), device);
            persist(new SubscriberEvent.OptedIn(
                    given, Samples.account(devices.values().toArray(Device[]::new))));
        }

        private void optOut() {
            consent = null;
            devices.clear();
            held.clear();
            receipts.clear();
            persist(new SubscriberEvent.OptedOut());
        }

        private void hold() {
            List<HeldEnvelope> rows = new ArrayList<>();
            int count = 1 + random.nextInt(3);
            for (int i = 0; i < count; i++) {
                Slot slot = new Slot(state.incarnation(), ++lastNumber);
                rows.add(new HeldEnvelope(
                        slot, anyDevice().id(), Samples.envelope(random, 4, Samples.START.plusSeconds(60))));
            }
            rows.forEach(row -> held.put(row.envelope().id(), row));
            persist(new SubscriberEvent.Held(rows));
        }

        /** Of held ones, of ones never held that fall back, and again of ones that ended already. */
        private void end() {
            List<Receipt> ends = new ArrayList<>();
            some(held.keySet())
                    .forEach(id -> ends.add(
                            new Receipt(id, Samples.oneOf(random, ENDS), Samples.START, false, random.nextLong())));
            ends.add(new Receipt(Samples.messageId(random), ReceiptState.REVOKED, Samples.START, true, 1));
            some(receipts.keySet())
                    .forEach(id -> ends.add(new Receipt(id, ReceiptState.LOST, Samples.START, false, 2)));
            for (Receipt end : ends) {
                held.remove(end.id());
                receipts.putIfAbsent(end.id(), end);
            }
            persist(new SubscriberEvent.Ended(ends));
        }

        /** Known ones, and one that nobody knows. Some of them come again. */
        private void settle() {
            List<MessageId> settled = some(receipts.keySet());
            settled.add(Samples.messageId(random));
            settled.forEach(receipts::remove);
            persist(new SubscriberEvent.Settled(settled));
            if (random.nextInt(3) == 0) {
                Receipt again = new Receipt(settled.get(0), ReceiptState.REVOKED, Samples.START, true, 3);
                receipts.put(again.id(), again);
                persist(new SubscriberEvent.Ended(List.of(again)));
            }
        }

        private List<MessageId> some(Set<MessageId> ids) {
            List<MessageId> some = new ArrayList<>();
            ids.stream().filter(id -> random.nextInt(4) == 0).forEach(some::add);
            return some;
        }

        private void snapshot() {
            store.snapshot(state);
            state.saved();
            saved = new Facts(consent, new HashMap<>(devices), new LinkedHashMap<>(held), new HashMap<>(receipts));
        }

        private void crash() {
            state = store.recover();
            lastNumber = 0;
            consent = saved.consent();
            become(devices, saved.devices());
            become(held, saved.held());
            become(receipts, saved.receipts());
        }

        private static <K, V> void become(Map<K, V> map, Map<K, V> other) {
            map.clear();
            map.putAll(other);
        }

        private void isAsItShouldBe() {
            assertThat(state.consent().orElse(null)).isEqualTo(consent);
            assertThat(state.devices()).containsExactlyInAnyOrderElementsOf(devices.values());
            assertThat(state.held()).containsExactlyInAnyOrderElementsOf(held.values());
            assertThat(state.receipts()).containsExactlyInAnyOrderElementsOf(receipts.values());
            assertThat(state.head().isPresent()).isEqualTo(consent != null);
            for (DeviceId device : devices.keySet()) {
                assertThat(state.held().stream()
                                .filter(row -> row.device().equals(device))
                                .map(HeldEnvelope::slot)
                                .toList())
                        .isSorted();
            }
        }

        private void erasureLeavesNothing() {
            optOut();
            isAsItShouldBe();
            snapshot();
            assertThat(store.isEmpty()).isTrue();
            crash();
            assertThat(state.consent()).isEmpty();
            assertThat(state.held()).isEmpty();
            assertThat(state.receipts()).isEmpty();
        }
    }
}
