package lethe.broker.subscriber;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lethe.core.identity.DeviceId;
import lethe.core.queue.DeliveryQueue;
import lethe.core.queue.Envelope;

/** The HTTP requests that wait for a message: at most one a device; a newer one sends the older one home. */
final class Pollers {
    private final Map<DeviceId, SubscriberCommand.Poll> waiting = new HashMap<>();

    /** Answers at once if something waits, else keeps the request. */
    void poll(SubscriberCommand.Poll poll, DeliveryQueue<Watcher> queue, Instant now) {
        if (queue.isEmpty() && poll.until().isAfter(now)) {
            SubscriberCommand.Poll older = waiting.put(poll.device(), poll);
            if (older != null) {
                older.replyTo().tell(new SubscriberCommand.Polled(List.of(), true));
            }
        } else {
            answer(poll, queue);
        }
    }

    /**
     * Something arrived.
     *
     * @return whether somebody waited for it
     */
    boolean serve(DeviceId device, DeliveryQueue<Watcher> queue) {
        SubscriberCommand.Poll poll = waiting.remove(device);
        if (poll == null) {
            return false;
        }
        answer(poll, queue);
        return true;
    }

    private static void answer(SubscriberCommand.Poll poll, DeliveryQueue<Watcher> queue) {
        List<Envelope> envelopes = queue.entries().stream()
                .limit(poll.most())
                .map(entry -> entry.envelope())
                .toList();
        poll.replyTo().tell(new SubscriberCommand.Polled(envelopes, envelopes.size() == queue.size()));
    }

    /** The subscriber is gone: everybody goes home. */
    void dismiss() {
        waiting.values().forEach(poll -> poll.replyTo().tell(new SubscriberCommand.Polled(List.of(), true)));
        waiting.clear();
    }

    boolean isAnyoneWaiting() {
        return !waiting.isEmpty();
    }

    /** Answers those whose time is over. @return when the next one's is */
    Optional<Instant> sendHome(Instant now) {
        waiting.values().removeIf(poll -> {
            boolean over = !poll.until().isAfter(now);
            if (over) {
                poll.replyTo().tell(new SubscriberCommand.Polled(List.of(), true));
            }
            return over;
        });
        return waiting.values().stream().map(SubscriberCommand.Poll::until).min(Instant::compareTo);
    }
}
