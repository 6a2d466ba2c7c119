package lethe.broker.subscriber;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lethe.broker.subscriber.SubscriberCommand.DeviceAnswer.Polled;
import lethe.broker.subscriber.SubscriberCommand.Poll;
import lethe.core.identity.DeviceId;
import lethe.core.queue.DeliveryQueue;
import lethe.core.queue.Envelope;

/** The HTTP requests that wait for a message: at most one a device; a newer one sends the older one home. */
final class Pollers {
    private final List<Poll> waiting = new ArrayList<>(0);

    /** Answers at once if something waits, else keeps the request. */
    void poll(Poll poll, DeliveryQueue<Watcher> queue, Instant now) {
        if (queue.isEmpty() && poll.until().isAfter(now)) {
            take(poll.by().id()).ifPresent(Pollers::answerNothing);
            waiting.add(poll);
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
        Optional<Poll> poll = take(device);
        if (poll.isEmpty()) {
            return false;
        }
        answer(poll.get(), queue);
        return true;
    }

    private Optional<Poll> take(DeviceId device) {
        for (int i = 0; i < waiting.size(); i++) {
            if (waiting.get(i).by().id().equals(device)) {
                return Optional.of(waiting.remove(i));
            }
        }
        return Optional.empty();
    }

    private static void answer(Poll poll, DeliveryQueue<Watcher> queue) {
        List<Envelope> envelopes = queue.entries().stream()
                .limit(poll.most())
                .map(entry -> entry.envelope())
                .toList();
        poll.replyTo().tell(new Polled(envelopes, envelopes.size() == queue.size()));
    }

    private static void answerNothing(Poll poll) {
        poll.replyTo().tell(new Polled(List.of(), true));
    }

    /** The subscriber is gone: everybody goes home. */
    void dismiss() {
        waiting.forEach(Pollers::answerNothing);
        waiting.clear();
    }

    /** The device is the subscriber's no longer. */
    void dismiss(DeviceId device) {
        take(device).ifPresent(Pollers::answerNothing);
    }

    boolean isAnyoneWaiting() {
        return !waiting.isEmpty();
    }

    /**
     * Answers those whose time is over.
     *
     * @return when the next one's is
     */
    Optional<Instant> sendHome(Instant now) {
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        waiting.removeIf(poll -> {
            boolean over = !poll.until().isAfter(now);
            if (over) {
                answerNothing(poll);
            }
            return over;
        });
        return waiting.stream().map(Poll::until).min(Instant::compareTo);
    }
}
