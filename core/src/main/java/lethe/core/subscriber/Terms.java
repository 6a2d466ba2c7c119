package lethe.core.subscriber;

import java.time.Duration;
import java.time.Instant;
import lethe.core.fallback.Fallback;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.Urgency;
import lethe.core.queue.Envelope;
import org.jspecify.annotations.Nullable;

/**
 * On what terms messages are taken.
 *
 * @param maxBody bytes
 * @param lifetime granted when none is asked for, and the longest that is granted; the answer names what was granted
 * @param fleeting how long a message lives that is for now or never
 * @param deadline for a message with a fallback that names none
 */
public record Terms(int maxBody, Duration lifetime, Duration fleeting, Duration deadline) {
    private static final Duration SHORTEST_DEADLINE = Duration.ofSeconds(1);
    private static final Duration LONGEST_DEADLINE = Duration.ofHours(24);

    public Terms {
        if (maxBody < 1) {
            throw new IllegalArgumentException("a body has room for at least one byte");
        }
        if (fleeting.isNegative() || fleeting.isZero() || fleeting.compareTo(lifetime) > 0) {
            throw new IllegalArgumentException("a fleeting message lives, and no longer than others");
        }
        if (deadline.compareTo(SHORTEST_DEADLINE) < 0
                || deadline.compareTo(LONGEST_DEADLINE) > 0
                || deadline.compareTo(lifetime) > 0) {
            throw new IllegalArgumentException("a deadline is between 1 s and 24 h, and within the lifetime");
        }
    }

    /** What comes of judging a message. */
    public sealed interface Offer {
        record Acceptable(Envelope envelope) implements Offer {}

        record Unacceptable(Problem problem) implements Offer {}
    }

    /**
     * Makes an envelope of what a phone sent, or says why not. There is no gateway: what one would have to send is
     * refused as {@link ProblemType#NO_GATEWAY}, once its form is good, whoever it is for.
     */
    public Offer judge(
            MessageId id,
            Opaque body,
            @Nullable Duration ttl,
            @Nullable Urgency urgency,
            @Nullable Duration deadline,
            @Nullable Fallback fallback,
            @Nullable Opaque capsule,
            Instant now) {
        if (body.length() == 0) {
            return unacceptable("the body is empty");
        }
        if (body.length() > maxBody) {
            return new Offer.Unacceptable(Problem.of(ProblemType.TOO_LARGE).withLimit(maxBody));
        }
        if (ttl != null && ttl.isNegative()) {
            return unacceptable("a lifetime is not negative");
        }
        boolean byGateway = fallback != null && fallback.needsCapsule();
        if (byGateway != (capsule != null)) {
            return unacceptable("a capsule and a gateway go together");
        }
        Instant expires = now.plus(granted(ttl));
        Urgency cost = urgency == null ? Urgency.NORMAL : urgency;
        if (fallback == null || fallback == Fallback.NONE) {
            return deadline == null
                    ? new Offer.Acceptable(new Envelope(id, body, cost, expires, Fallback.NONE, expires))
                    : unacceptable("a deadline needs a fallback");
        }
        if (deadline != null
                && (deadline.compareTo(SHORTEST_DEADLINE) < 0 || deadline.compareTo(LONGEST_DEADLINE) > 0)) {
            return unacceptable("a deadline is between 1 s and 24 h");
        }
        if (deadline != null && now.plus(deadline).isAfter(expires)) {
            return unacceptable("the deadline lies beyond the lifetime");
        }
        if (byGateway) {
            return new Offer.Unacceptable(Problem.of(ProblemType.NO_GATEWAY));
        }
        if (deadline == null) {
            Instant usual = now.plus(this.deadline);
            return new Offer.Acceptable(
                    new Envelope(id, body, cost, expires, fallback, usual.isAfter(expires) ? expires : usual));
        }
        return new Offer.Acceptable(new Envelope(id, body, cost, expires, fallback, now.plus(deadline)));
    }

    private Duration granted(@Nullable Duration asked) {
        if (asked == null || asked.compareTo(lifetime) > 0) {
            return lifetime;
        }
        return asked.isZero() ? fleeting : asked;
    }

    private static Offer unacceptable(String detail) {
        return new Offer.Unacceptable(Problem.of(ProblemType.MALFORMED, detail));
    }
}
