package lethe.broker.subscriber;

import java.time.Duration;
import lethe.core.queue.Bounds;

/**
 * What a subscriber goes by.
 *
 * @param bounds of each delivery queue
 * @param holdWindow how long an envelope may wait in memory for an acknowledgement before it is stored
 * @param gather how long what is to be stored waits for more, so that a burst shares one write; may be zero
 * @param idleAfter how long nothing must happen before an actor without session and queue leaves memory
 * @param creditLimit the most messages that a phone may have under way unacknowledged
 * @param takeoverHold how long a new account for an address in use waits
 * @param sendsPerSecond messages of one sender to one subscriber, in the long run
 * @param sendBurst and at once
 */
public record SubscriberSettings(
        Bounds bounds,
        Duration holdWindow,
        Duration gather,
        Duration idleAfter,
        int creditLimit,
        Duration takeoverHold,
        int sendsPerSecond,
        int sendBurst) {
    public SubscriberSettings {
        if (holdWindow.isNegative() || holdWindow.isZero() || idleAfter.isNegative() || idleAfter.isZero()) {
            throw new IllegalArgumentException("lethe.subscriber.hold-window and idle-after are longer than nothing");
        }
        if (gather.isNegative() || gather.compareTo(holdWindow) > 0) {
            throw new IllegalArgumentException("lethe.subscriber.gather is between nothing and hold-window: " + gather);
        }
        if (takeoverHold.isNegative()) {
            throw new IllegalArgumentException("lethe.registration.hold is negative");
        }
        if (sendsPerSecond < 1 || sendBurst < 1) {
            throw new IllegalArgumentException("lethe.subscriber.sends-per-second and send-burst are at least 1");
        }
        if (creditLimit < 1) {
            throw new IllegalArgumentException("lethe.subscriber.credit-limit is below 1: " + creditLimit);
        }
    }
}
