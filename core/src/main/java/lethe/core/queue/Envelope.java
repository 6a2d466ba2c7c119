package lethe.core.queue;

import java.time.Instant;
import lethe.core.fallback.Fallback;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.protocol.Urgency;
import lethe.core.receipt.Fingerprint;

/**
 * The end-to-end ciphertext for one device, with its delivery attributes.
 *
 * @param id the message
 * @param body ciphertext
 * @param urgency what waking the phone for it may cost
 * @param expires when its lifetime ends
 * @param fallback what happens at the deadline
 * @param deadline when IP has had its time; equal to {@code expires} if there is no fallback
 */
public record Envelope(
        MessageId id, Opaque body, Urgency urgency, Instant expires, Fallback fallback, Instant deadline) {
    public Envelope {
        if (fallback.needsCapsule()) {
            throw new IllegalArgumentException("no SMS is sent by a gateway without a capsule");
        }
        if (deadline.isAfter(expires)) {
            throw new IllegalArgumentException("a deadline lies within the lifetime");
        }
        if (fallback == Fallback.NONE && !deadline.equals(expires)) {
            throw new IllegalArgumentException("without a fallback there is no deadline");
        }
    }

    /** When something must be decided about it: at its deadline or its expiry, whichever comes first. */
    public Instant due() {
        return deadline;
    }

    /** Tells this envelope from another one under the same id. */
    public long fingerprint() {
        return Fingerprint.of(id, body);
    }

    @Override
    public String toString() {
        return "Envelope[" + id + ", " + body + "]";
    }
}
