package lethe.loadtest.seizure;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import lethe.core.identity.Opaque;

/** Rows as a broker seals them, by Java's own AES-GCM, with keys that the test knows. */
final class SomeSealed {
    private static final byte[] ENVELOPE_BEGINS = {
        (byte) 0xBF, 0x61, 'v', 0x01, 0x66, 'd', 'e', 'v', 'i', 'c', 'e', 0x50
    };

    private final Random random;

    SomeSealed(Random random) {
        this.random = random;
    }

    byte[] draw(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    Opaque envelope(long epoch, byte[] epochKey, byte[] rowKey) {
        byte[] plain =
                ByteBuffer.allocate(200).put(ENVELOPE_BEGINS).put(draw(100)).array();
        return seal(epoch, epochKey, rowKey, plain);
    }

    /** The key of one row, and another one that belongs to none. */
    Opaque keys(long epoch, byte[] epochKey, byte[] own, byte[] id, byte[] rowKey) {
        ByteBuffer plain = ByteBuffer.allocate(112);
        plain.put(id).putLong(7).put(draw(32));
        plain.put(id).putLong(8).put(rowKey);
        return seal(epoch, epochKey, own, plain.array());
    }

    private Opaque seal(long epoch, byte[] epochKey, byte[] rowKey, byte[] plain) {
        byte[] nonce = draw(12);
        byte[] wrapped = encrypt(epochKey, nonce, rowKey);
        byte[] body = encrypt(rowKey, new byte[12], plain);
        return Opaque.wrap(ByteBuffer.allocate(1 + Long.BYTES + nonce.length + wrapped.length + body.length)
                .put((byte) 1)
                .putLong(epoch)
                .put(nonce)
                .put(wrapped)
                .put(body)
                .array());
    }

    private static byte[] encrypt(byte[] key, byte[] nonce, byte[] plain) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
            cipher.updateAAD("where it belongs".getBytes(StandardCharsets.US_ASCII));
            return cipher.doFinal(plain);
        } catch (GeneralSecurityException defect) {
            throw new IllegalStateException(defect);
        }
    }
}
