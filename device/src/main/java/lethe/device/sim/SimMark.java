package lethe.device.sim;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.RevealsIdentifiers;

/**
 * By which a phone knows a SIM again without keeping it: HMAC-SHA-256 (RFC 2104) of IMSI and IMEI under a secret that
 * was drawn for this mark alone. It stays on the phone: whoever has the secret can try all IMSIs.
 *
 * @param secret 32 bytes
 * @param mark 32 bytes
 */
public record SimMark(Opaque secret, Opaque mark) {
    public static final int LENGTH = 32;
    private static final String ALGORITHM = "HmacSHA256";

    /**
     * A mark as it was stored.
     *
     * @throws IllegalArgumentException if a part has another length
     */
    public SimMark {
        if (secret.length() != LENGTH || mark.length() != LENGTH) {
            throw new IllegalArgumentException("a mark has twice " + LENGTH + " bytes");
        }
    }

    /**
     * A mark of this SIM; another one each time.
     *
     * @param random a cryptographically strong source
     */
    public static SimMark of(Sim sim, RandomGenerator random) {
        byte[] secret = new byte[LENGTH];
        random.nextBytes(secret);
        return new SimMark(Opaque.wrap(secret), Opaque.wrap(mac(secret, sim)));
    }

    /** Whether it was made of this SIM. */
    public boolean isOf(Sim sim) {
        return mark.equals(Opaque.wrap(mac(secret.shared(), sim)));
    }

    private static byte[] mac(byte[] secret, Sim sim) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            add(mac, sim.imsi());
            mac.update((byte) ' ');
            add(mac, sim.imei());
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    @RevealsIdentifiers("compared on the phone by HMAC, and wiped")
    private static void add(Mac mac, PlainIdentifier identifier) {
        byte[] digits = identifier.revealBytes();
        mac.update(digits);
        Arrays.fill(digits, (byte) 0);
    }

    @Override
    public String toString() {
        return "SimMark[***]";
    }
}
