package lethe.device.keys;

import java.time.Duration;
import java.time.Instant;
import lethe.seal.crypto.Suite;
import lethe.seal.prekey.PrekeyKind;
import lethe.seal.prekey.PrekeyPair;
import lethe.seal.prekey.PrekeySecret;

/**
 * A secret, and until when others seal to it.
 *
 * @param expires in whole seconds
 */
record KeptSecret(PrekeySecret secret, Instant expires) {
    /**
     * How long something may be under way that was sealed just before: in the custody of its sender, and then of a
     * broker, which keeps a message for three days unless its operator says otherwise.
     */
    static final Duration UNDER_WAY = Duration.ofDays(7);

    static KeptSecret of(PrekeyPair pair) {
        return new KeptSecret(pair.secret(), pair.published().expires());
    }

    long number() {
        return secret.id().number();
    }

    boolean is(PrekeyKind kind) {
        return secret.kind() == kind;
    }

    boolean is(PrekeyKind kind, Suite suite) {
        return is(kind) && secret.suite() == suite;
    }

    /** When it was made. */
    Instant made() {
        return expires.minus(is(PrekeyKind.ONE_TIME) ? PrekeyPair.ONE_TIME : PrekeyPair.LAST_RESORT);
    }

    /** Whether nothing can come any more that was sealed to it. */
    boolean isOver(Instant now) {
        return !now.isBefore(expires.plus(UNDER_WAY));
    }
}
