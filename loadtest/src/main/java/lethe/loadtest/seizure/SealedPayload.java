package lethe.loadtest.seizure;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import lethe.core.identity.Opaque;

/**
 * A payload that was sealed so that it can be forgotten, as {@code lethe.persistence.seal} lays it out: version, epoch,
 * nonce, the row's key under the epoch's key, and what it says under the row's key.
 *
 * <p>Opened without a look at what it is bound to, as somebody would who wants to read and does not care who wrote:
 * GCM's stream is that of AES in counter mode, from the second block on (NIST SP 800-38D).
 */
final class SealedPayload {
    static final int KEY = 32;

    private static final int NONCE = 12;
    private static final int TAG = 16;
    private static final int NONCE_AT = 1 + Long.BYTES;
    private static final int WRAPPED_AT = NONCE_AT + NONCE;
    private static final int BODY_AT = WRAPPED_AT + KEY + TAG;
    private static final byte[] ONLY_NONCE = new byte[NONCE];
    private static final int SECOND_BLOCK = 2;

    private static final ThreadLocal<Cipher> CIPHERS = ThreadLocal.withInitial(SealedPayload::cipher);

    private final byte[] bytes;
    private final long epoch;
    private final byte[] nonce;

    private SealedPayload(byte[] bytes) {
        this.bytes = bytes;
        this.epoch = ByteBuffer.wrap(bytes).getLong(1);
        this.nonce = Arrays.copyOfRange(bytes, NONCE_AT, WRAPPED_AT);
    }

    /** Empty if it is too short to be one. */
    static Optional<SealedPayload> of(Opaque payload) {
        return payload.length() > BODY_AT + TAG ? Optional.of(new SealedPayload(payload.shared())) : Optional.empty();
    }

    /** Under the key of which epoch its own key is. */
    long epoch() {
        return epoch;
    }

    /** Its own key, if the key is that of its epoch; else 32 bytes of nothing. */
    byte[] unwrap(byte[] epochKey) {
        return decrypt(epochKey, nonce, bytes, WRAPPED_AT, KEY);
    }

    /** What it says, if the key is its own; else bytes of nothing. */
    byte[] open(byte[] rowKey) {
        return open(rowKey, Integer.MAX_VALUE);
    }

    /** Not more than so many bytes of it. */
    byte[] open(byte[] rowKey, int most) {
        return decrypt(rowKey, ONLY_NONCE, bytes, BODY_AT, Math.min(most, bytes.length - TAG - BODY_AT));
    }

    /** The first eight bytes of what it says, under a stream that {@link #stream} tells for a key. */
    long beginning(long stream) {
        return ByteBuffer.wrap(bytes).getLong(BODY_AT) ^ stream;
    }

    /** With what a row's key encrypts the first eight bytes of whatever row. */
    static long stream(byte[] rowKey) {
        return ByteBuffer.wrap(decrypt(rowKey, ONLY_NONCE, new byte[Long.BYTES], 0, Long.BYTES))
                .getLong();
    }

    private static byte[] decrypt(byte[] key, byte[] nonce, byte[] from, int at, int length) {
        byte[] counter = ByteBuffer.allocate(NONCE + Integer.BYTES)
                .put(nonce)
                .putInt(SECOND_BLOCK)
                .array();
        try {
            Cipher cipher = CIPHERS.get();
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(counter));
            return cipher.doFinal(from, at, length);
        } catch (GeneralSecurityException defect) {
            throw new IllegalStateException("every Java platform has AES in counter mode", defect);
        }
    }

    private static Cipher cipher() {
        try {
            return Cipher.getInstance("AES/CTR/NoPadding");
        } catch (GeneralSecurityException defect) {
            throw new IllegalStateException("every Java platform has AES in counter mode", defect);
        }
    }

    @Override
    public String toString() {
        return "SealedPayload[***]";
    }
}
