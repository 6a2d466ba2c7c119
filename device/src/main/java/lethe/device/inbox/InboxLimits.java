package lethe.device.inbox;

import java.time.Duration;

/**
 * How long a received id is remembered.
 *
 * @param ids how many at most; the oldest go first
 * @param age not longer than this: more than the longest time that a broker and a sender's outbox keep a message
 */
public record InboxLimits(int ids, Duration age) {
    /** 20,000 ids, 8 days. */
    public static InboxLimits usual() {
        return new InboxLimits(20_000, Duration.ofDays(8));
    }
}
