package lethe.registrar.gateway;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.RevealsIdentifiers;

/** Numbers, and hundreds of numbers, as HMAC-SHA-256 under a key that is drawn at the start and is only in memory. */
final class Marks {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int LENGTH = 32;
    private static final int LAST_DIGITS = 2;

    private final SecretKeySpec key;

    Marks(RandomGenerator random) {
        byte[] drawn = new byte[LENGTH];
        random.nextBytes(drawn);
        this.key = new SecretKeySpec(drawn, ALGORITHM);
    }

    /**
     * What stands for a number here.
     *
     * @param number of it
     * @param hundred of all numbers that differ from it in the last two digits only
     */
    record Mark(Opaque number, Opaque hundred) {}

    @RevealsIdentifiers("numbers in a row are counted, as HMACs")
    Mark of(PlainIdentifier number) {
        byte[] digits = number.revealBytes();
        try {
            return new Mark(mark(digits), mark(Arrays.copyOf(digits, digits.length - LAST_DIGITS)));
        } finally {
            Arrays.fill(digits, (byte) 0);
        }
    }

    private Opaque mark(byte[] digits) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Opaque.wrap(mac.doFinal(digits));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, missing);
        }
    }
}
