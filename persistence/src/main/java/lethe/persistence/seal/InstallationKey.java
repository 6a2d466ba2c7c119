package lethe.persistence.seal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lethe.core.identity.Opaque;

/**
 * The key of an installation, for what says no content and must outlive every epoch: consents, receipts, and the ids of
 * messages. Whoever has a disk and not this key learns none of them; whoever has both does, however long ago they were
 * deleted. Safe for use by many threads.
 */
public final class InstallationKey {
    private static final byte VERSION = 1;
    private static final int SALT = 16;
    private static final int BLOCK = 16;
    private static final String MAC = "HmacSHA256";

    private final SecretKeySpec rows;
    private final SecretKeySpec items;
    private final ThreadLocal<Mac> macs;
    private final ThreadLocal<Cipher> hiding;
    private final ThreadLocal<Cipher> revealing;

    private InstallationKey(byte[] secret) {
        rows = new SecretKeySpec(derived(secret, "lethe rows 1"), MAC);
        items = new SecretKeySpec(derived(secret, "lethe items 1"), "AES");
        macs = ThreadLocal.withInitial(() -> mac(rows));
        hiding = ThreadLocal.withInitial(() -> block(Cipher.ENCRYPT_MODE));
        revealing = ThreadLocal.withInitial(() -> block(Cipher.DECRYPT_MODE));
    }

    /** Derived from the secret of an installation, which is of 32 bytes or more. */
    public static InstallationKey of(Opaque secret) {
        return new InstallationKey(secret.shared());
    }

    /**
     * Another key of the installation: 32 bytes that tell nothing of its secret, nor of its other keys.
     *
     * @param label what it is for; each purpose has its own
     */
    public static Opaque derived(Opaque secret, String label) {
        return Opaque.wrap(derived(secret.shared(), label));
    }

    /** Says of a thing that it belongs to this installation: 32 bytes that tell nothing of the key. */
    byte[] mark(String what) {
        return mac(rows).doFinal(("lethe mark 1 " + what).getBytes(StandardCharsets.UTF_8));
    }

    /** An id as the disk gets it: one block of AES-256, so the same id is always found again. Other items stay. */
    Opaque hide(Opaque item) {
        return item.length() == BLOCK ? Opaque.wrap(done(hiding.get(), item)) : item;
    }

    Opaque reveal(Opaque hidden) {
        return hidden.length() == BLOCK ? Opaque.wrap(done(revealing.get(), hidden)) : hidden;
    }

    Opaque seal(byte[] bound, Opaque plain, SecureRandom random) {
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        byte[] body = AesGcm.seal(salted(salt), AesGcm.ONLY_NONCE, bound, plain.shared());
        byte[] sealed = new byte[1 + SALT + body.length];
        sealed[0] = VERSION;
        System.arraycopy(salt, 0, sealed, 1, SALT);
        System.arraycopy(body, 0, sealed, 1 + SALT, body.length);
        return Opaque.wrap(sealed);
    }

    Optional<Opaque> open(byte[] bound, Opaque sealed) {
        byte[] bytes = sealed.shared();
        if (bytes.length <= SALT || bytes[0] != VERSION) {
            return Optional.empty();
        }
        byte[] key = salted(Arrays.copyOfRange(bytes, 1, 1 + SALT));
        int from = 1 + SALT;
        return AesGcm.open(key, AesGcm.ONLY_NONCE, bound, bytes, from, bytes.length - from)
                .map(Opaque::wrap);
    }

    /** A key for one row: however many rows there are, none shares its key with another. */
    private byte[] salted(byte[] salt) {
        return macs.get().doFinal(salt);
    }

    private static byte[] done(Cipher cipher, Opaque block) {
        try {
            return cipher.doFinal(block.shared());
        } catch (GeneralSecurityException defect) {
            throw new IllegalStateException("one block is one block", defect);
        }
    }

    private Cipher block(int mode) {
        try {
            // One block of random bytes: there is nothing to chain.
            Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(mode, items);
            return cipher;
        } catch (GeneralSecurityException defect) {
            throw new IllegalStateException("every Java platform has AES", defect);
        }
    }

    private static byte[] derived(byte[] secret, String label) {
        return mac(new SecretKeySpec(secret, MAC)).doFinal(label.getBytes(StandardCharsets.UTF_8));
    }

    private static Mac mac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException defect) {
            throw new IllegalStateException("every Java platform has HmacSHA256", defect);
        }
    }

    @Override
    public String toString() {
        return "InstallationKey[***]";
    }
}
