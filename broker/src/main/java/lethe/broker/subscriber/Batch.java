package lethe.broker.subscriber;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import lethe.core.identity.DeviceId;
import lethe.core.queue.DeliveryQueue;
import lethe.core.queue.Waiting;
import lethe.core.subscriber.Deliveries;
import lethe.core.subscriber.HeldEnvelope;
import lethe.core.subscriber.SubscriberEvent;

/** Envelopes of all devices that go into custody with one write. */
final class Batch {
    private final List<Part> parts = new ArrayList<>();

    private record Part(DeviceId device, DeliveryQueue<Watcher> queue, List<Waiting<Watcher>> waiting) {}

    private Batch() {}

    /**
     * What must be stored now.
     *
     * @param patience how long a device's envelopes may wait in memory
     * @param briefest what lives no longer is never stored
     */
    static Batch of(
            Deliveries<Watcher> deliveries, Instant now, Function<DeviceId, Duration> patience, Duration briefest) {
        Batch batch = new Batch();
        deliveries.queues().forEach((device, queue) -> {
            List<Waiting<Watcher>> waiting = queue.toStore(now, patience.apply(device), briefest);
            if (!waiting.isEmpty()) {
                batch.parts.add(new Part(device, queue, waiting));
            }
        });
        return batch;
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    SubscriberEvent event() {
        List<HeldEnvelope> rows = new ArrayList<>();
        for (Part part : parts) {
            for (Waiting<Watcher> waiting : part.waiting()) {
                rows.add(new HeldEnvelope(waiting.slot(), part.device(), waiting.envelope()));
            }
        }
        return new SubscriberEvent.Held(rows);
    }

    /** They are durable: whoever watches them hears that the broker has custody. */
    void stored() {
        for (Part part : parts) {
            part.queue().stored(part.waiting());
            part.waiting().forEach(Watcher::held);
        }
    }
}
