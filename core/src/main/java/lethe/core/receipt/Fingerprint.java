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
    private Fingerprint() {}

    public static long of(MessageId id, Opaque body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(id.bytes().shared());
            return ByteBuffer.wrap(digest.digest(body.shared())).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
