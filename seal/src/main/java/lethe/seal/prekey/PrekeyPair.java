package lethe.seal.prekey;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.seal.crypto.Hpke;
import lethe.seal.crypto.Signer;
import lethe.seal.crypto.Suite;

/**
 * A prekey's two halves.
 *
 * @param published for others
 * @param secret for the device alone
 */
public record PrekeyPair(Prekey published, PrekeySecret secret) {
    /** How long others may seal to a one-time prekey that lay about. */
    public static final Duration ONE_TIME = Duration.ofDays(90);
    /**
     * How long others may seal to a prekey of last resort: twice the week after which it is replaced, so that a phone
     * that was off for a week is still reachable.
     */
    public static final Duration LAST_RESORT = Duration.ofDays(14);

    /**
     * A new pair.
     *
     * @param tag of the account that the device belongs to
     * @param device signs the public half
     * @param random a cryptographically strong source
     */
    public static PrekeyPair draw(
            Tag tag, Signer device, PrekeyId id, PrekeyKind kind, Suite suite, Instant now, RandomGenerator random) {
        byte[] chance = new byte[Suite.SECRET];
        random.nextBytes(chance);
        Opaque secret = Opaque.wrap(chance);
        Instant expires = now.plus(kind == PrekeyKind.ONE_TIME ? ONE_TIME : LAST_RESORT);
        try {
            return new PrekeyPair(
                    Prekey.sign(tag, device, id, kind, suite, expires, Hpke.publicKey(suite, secret)),
                    PrekeySecret.of(id, kind, suite, secret));
        } finally {
            Arrays.fill(chance, (byte) 0);
        }
    }
}
