package lethe.core.receipt;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;

/**
 * 64 bits of SHA-256 over message id and body: tells whether two envelopes under one id are the same. The id is random,
 * so it serves as the salt: the fingerprint says nothing about the body.
 */
public final class Fingerprint {
    /** Every message needs one; finding and making one costs as much as hashing. */
    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Fingerprint::newDigest);

    private Fingerprint() {}

    public static long of(MessageId id, Opaque body) {
        MessageDigest digest = DIGEST.get();
        digest.update(id.bytes().shared());
        return ByteBuffer.wrap(digest.digest(body.shared())).getLong();
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
