package lethe.registrar.verifier;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.RevealsIdentifiers;
import lethe.core.permit.Permit;

/**
 * A key under which numbers are known by something else: HMAC-SHA-256 (RFC 2104). Whoever has the key can try numbers;
 * nobody else can. It does not print.
 */
final class NumberKey {
    static final int LENGTH = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private NumberKey(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /**
     * A new key.
     *
     * @param random a cryptographically strong source
     */
    static NumberKey draw(RandomGenerator random) {
        byte[] drawn = new byte[LENGTH];
        random.nextBytes(drawn);
        return new NumberKey(drawn);
    }

    /**
     * As it was stored.
     *
     * @throws IllegalArgumentException if they are not 32 bytes
     */
    static NumberKey of(Opaque bytes) {
        if (bytes.length() != LENGTH) {
            throw new IllegalArgumentException("a key for numbers has " + LENGTH + " bytes");
        }
        return new NumberKey(bytes.shared());
    }

    /** For the verifier's own key file. */
    Opaque secret() {
        return Opaque.wrap(key.getEncoded());
    }

    /** What stands for a number here: 32 bytes. */
    @RevealsIdentifiers("limits of a number outlive its sessions, as an HMAC")
    Opaque mark(PlainIdentifier number) {
        byte[] digits = number.revealBytes();
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Opaque.wrap(mac.doFinal(digits));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, missing);
        } finally {
            Arrays.fill(digits, (byte) 0);
        }
    }

    /** What stands for a number at taggers: the first half of its mark. */
    Opaque pseudonym(PlainIdentifier number) {
        return Opaque.wrap(Arrays.copyOf(mark(number).shared(), Permit.PSEUDONYM));
    }

    @Override
    public String toString() {
        return "NumberKey[***]";
    }
}
