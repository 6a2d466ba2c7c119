package lethe.broker.subscriber;

import java.time.Duration;
import lethe.core.queue.Bounds;

/**
 * What a subscriber goes by.
 *
 * @param bounds of each delivery queue
 * @param holdWindow how long an envelope may wait in memory for an acknowledgement before it is stored
 * @param idleAfter how long nothing must happen before an actor without session and queue leaves memory
 * @param creditLimit the most messages that a phone may have under way unacknowledged
 */
public record SubscriberSettings(Bounds bounds, Duration holdWindow, Duration idleAfter, int creditLimit) {
    public SubscriberSettings {
        if (holdWindow.isNegative() || holdWindow.isZero() || idleAfter.isNegative() || idleAfter.isZero()) {
            throw new IllegalArgumentException("lethe.subscriber.hold-window and idle-after are longer than nothing");
        }
        if (creditLimit < 1) {
            throw new IllegalArgumentException("lethe.subscriber.credit-limit is below 1: " + creditLimit);
        }
    }
}
