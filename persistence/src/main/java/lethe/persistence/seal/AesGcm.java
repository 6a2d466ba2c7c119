package lethe.persistence.seal;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM with a tag of 128 bits (NIST SP 800-38D). Safe for use by many threads. */
final class AesGcm {
    static final int NONCE = 12;
    static final int TAG = 16;

    /** For keys that seal one thing ever. */
    static final byte[] ONLY_NONCE = new byte[NONCE];

    private static final ThreadLocal<Cipher> CIPHERS = ThreadLocal.withInitial(AesGcm::cipher);

    private AesGcm() {}

    /** Ciphertext and tag. */
    static byte[] seal(byte[] key, byte[] nonce, byte[] bound, byte[] plain) {
        try {
            return initialised(Cipher.ENCRYPT_MODE, key, nonce, bound).doFinal(plain);
        } catch (GeneralSecurityException defect) {
            throw new IllegalStateException("every Java platform has AES-GCM", defect);
        }
    }

    /** What was sealed; empty if that is not this. */
    static Optional<byte[]> open(byte[] key, byte[] nonce, byte[] bound, byte[] sealed, int from, int length) {
        if (length < TAG) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    initialised(Cipher.DECRYPT_MODE, key, nonce, bound).doFinal(sealed, from, length));
        } catch (AEADBadTagException other) {
            return Optional.empty();
        } catch (GeneralSecurityException defect) {
            throw new IllegalStateException("every Java platform has AES-GCM", defect);
        }
    }

    private static Cipher initialised(int mode, byte[] key, byte[] nonce, byte[] bound)
            throws GeneralSecurityException {
        Cipher cipher = CIPHERS.get();
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(Byte.SIZE * TAG, nonce));
        cipher.updateAAD(bound);
        return cipher;
    }

    private static Cipher cipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException defect) {
            throw new IllegalStateException("every Java platform has AES-GCM", defect);
        }
    }
}
