package lethe.device.store;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/**
 * AES-256-GCM (NIST SP 800-38D) with a random nonce, which stands before the ciphertext; keys by HKDF with SHA-256 (RFC
 * 5869).
 */
final class Sealing {
    static final int KEY = 32;
    static final int NONCE = 12;
    static final int TAG = 16;
    /** By how many bytes what is sealed is longer. */
    static final int OVERHEAD = NONCE + TAG;

    private static final String ALGORITHM = "AES/GCM/NoPadding";

    private Sealing() {}

    /**
     * Seals.
     *
     * @param bound what it is sealed to, and is needed to open it
     */
    static byte[] seal(byte[] key, byte[] bound, byte[] content, RandomGenerator random) {
        byte[] nonce = draw(random, NONCE);
        byte[] sealed = new byte[content.length + OVERHEAD];
        System.arraycopy(nonce, 0, sealed, 0, NONCE);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, bound);
            cipher.doFinal(content, 0, content.length, sealed, NONCE);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /** What was sealed; empty if it was not sealed by this key to this, or is altered. */
    static Optional<byte[]> open(byte[] key, byte[] bound, byte[] sealed) {
        if (sealed.length < OVERHEAD) {
            return Optional.empty();
        }
        byte[] nonce = new byte[NONCE];
        System.arraycopy(sealed, 0, nonce, 0, NONCE);
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, bound);
            return Optional.of(cipher.doFinal(sealed, NONCE, sealed.length - NONCE));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce, byte[] bound) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG * Byte.SIZE, nonce));
        cipher.updateAAD(bound);
        return cipher;
    }

    /** A key for one purpose. */
    static byte[] derive(byte[] key, String purpose) {
        HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
        hkdf.init(new HKDFParameters(key, null, ("lethe/1 " + purpose).getBytes(StandardCharsets.UTF_8)));
        byte[] derived = new byte[KEY];
        hkdf.generateBytes(derived, 0, KEY);
        return derived;
    }

    static byte[] draw(RandomGenerator random, int length) {
        byte[] drawn = new byte[length];
        random.nextBytes(drawn);
        return drawn;
    }
}
