package lethe.core.block;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalLong;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;

/**
 * Who sent the last few messages that a subscriber took, readable to whoever still has the message: the sender's label
 * is sealed with a hash of the envelope, which the broker has forgotten by then. So a report is believed of those only
 * who got the message, and what is kept here says nothing without them.
 *
 * <p>In memory only, {@value #MOST} messages at most, each for an hour. Not safe for use by many threads.
 */
public final class Evidence {
    /** The oldest goes for the newest. */
    public static final int MOST = 16;

    /** Of a proof, in bytes. */
    public static final int PROOF_LENGTH = 32;

    private static final Duration KEPT = Duration.ofHours(1);
    private static final byte[] USE = "lethe/1 report".getBytes(StandardCharsets.US_ASCII);
    private static final int FIRST = 2;
    private static final long[] NONE = {};

    // Of one message: 64 bits of its proof, the sender sealed with 64 others, the time in milliseconds.
    private static final int CHECK = 0;
    private static final int SEALED = 1;
    private static final int AT = 2;
    private static final int LONGS = 3;

    /** Every message needs one; finding and making one costs as much as hashing. */
    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Evidence::newDigest);

    private long[] ring = NONE;
    private int next;

    /** What shows that somebody has a message: SHA-256 over a word for this use, the message's id, and its envelope. */
    public static Opaque proof(MessageId id, Opaque body) {
        return Opaque.wrap(hash(id, body));
    }

    private static byte[] hash(MessageId id, Opaque body) {
        MessageDigest digest = DIGEST.get();
        digest.update(USE);
        digest.update(id.bytes().shared());
        return digest.digest(body.shared());
    }

    /**
     * The subscriber took a message.
     *
     * @param sender its label; 0 if it is not known any more, and then nothing is kept
     */
    public void add(MessageId id, Opaque body, long sender, Instant now) {
        if (sender == 0) {
            return;
        }
        if (next == ring.length) {
            makeRoom();
        }
        ByteBuffer hash = ByteBuffer.wrap(hash(id, body));
        ring[next + CHECK] = hash.getLong();
        ring[next + SEALED] = hash.getLong() ^ sender;
        ring[next + AT] = now.toEpochMilli();
        next += LONGS;
    }

    private void makeRoom() {
        if (next == MOST * LONGS) {
            next = 0;
        } else {
            ring = Arrays.copyOf(ring, Math.max(2 * next, FIRST * LONGS));
        }
    }

    /**
     * Who sent the message that a proof is of; once, for it is forgotten then.
     *
     * @param proof {@value #PROOF_LENGTH} bytes
     */
    public OptionalLong open(Opaque proof, Instant now) {
        ByteBuffer hash = ByteBuffer.wrap(proof.shared());
        long check = hash.getLong();
        long oldest = now.minus(KEPT).toEpochMilli();
        for (int at = 0; at < ring.length; at += LONGS) {
            if (ring[at + CHECK] == check && ring[at + AT] > oldest) {
                long sender = ring[at + SEALED] ^ hash.getLong();
                Arrays.fill(ring, at, at + LONGS, 0);
                return OptionalLong.of(sender);
            }
        }
        return OptionalLong.empty();
    }

    /** Nothing has happened for a while: forgets all if the newest is too old. */
    public void release(Instant now) {
        long newest = 0;
        for (int at = AT; at < ring.length; at += LONGS) {
            newest = Math.max(newest, ring[at]);
        }
        if (newest <= now.minus(KEPT).toEpochMilli()) {
            clear();
        }
    }

    /** Forgets all. */
    public void clear() {
        ring = NONE;
        next = 0;
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "Evidence[***]";
    }
}
