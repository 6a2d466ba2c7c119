package lethe.device.outbox;

import java.time.Duration;
import lethe.core.fallback.Fallback;
import lethe.core.protocol.Urgency;
import org.jspecify.annotations.Nullable;

/**
 * How a message shall travel. Durations run from the moment that the phone accepted it, also while it has no network.
 *
 * @param ttl how long it may wait; null for the broker's default; zero: now or never
 * @param urgency null for normal
 * @param deadline how long IP may try before {@code fallback}: 1 s to 24 h, not beyond the ttl; null if there is no
 *     fallback
 */
public record Terms(
        @Nullable Duration ttl,
        @Nullable Urgency urgency,
        @Nullable Duration deadline,
        Fallback fallback) {
    /**
     * How long a message lives that names no ttl, as far as this phone may send it again: a broker's usual lifetime.
     */
    static final Duration USUAL_TTL = Duration.ofDays(3);

    /** The deadlines that a broker takes. */
    public static final Duration SHORTEST_DEADLINE = Duration.ofSeconds(1);

    public static final Duration LONGEST_DEADLINE = Duration.ofHours(24);

    public Terms {
        if ((deadline == null) != (fallback == Fallback.NONE)) {
            throw new IllegalArgumentException("a deadline needs a fallback, and a fallback a deadline");
        }
        if (deadline != null && !isDeadline(deadline)) {
            throw new IllegalArgumentException("a deadline is between 1 s and 24 h");
        }
        if (deadline != null && ttl != null && deadline.compareTo(ttl) > 0) {
            throw new IllegalArgumentException("the deadline lies beyond the lifetime");
        }
    }

    public static boolean isDeadline(Duration wait) {
        return wait.compareTo(SHORTEST_DEADLINE) >= 0 && wait.compareTo(LONGEST_DEADLINE) <= 0;
    }

    /** The broker's default lifetime, normal urgency, no SMS. */
    public static Terms usual() {
        return new Terms(null, null, null, Fallback.NONE);
    }

    /** For this long, then never. */
    public static Terms livingFor(Duration ttl) {
        return new Terms(ttl, null, null, Fallback.NONE);
    }

    /** The same without an SMS. */
    Terms withoutDeadline() {
        return new Terms(ttl, urgency, null, Fallback.NONE);
    }

    /** As an SMS from this phone, if IP has not delivered it by then. */
    public static Terms smsAfter(Duration deadline) {
        return new Terms(null, null, deadline, Fallback.DEVICE);
    }

    /** As an SMS with the sender's text, from the operator's gateway, if IP has not delivered it by then. */
    public static Terms gatewayAfter(Duration deadline) {
        return new Terms(null, null, deadline, Fallback.GATEWAY);
    }

    /** As an SMS that says that there is a message, from the operator's gateway, if IP has not delivered it by then. */
    public static Terms noticeAfter(Duration deadline) {
        return new Terms(null, null, deadline, Fallback.NOTICE);
    }
}
