package lethe.core.account;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Statement;
import lethe.core.identity.Tag;

/**
 * An account's registration PIN, as a broker knows it: the key that its owner's phone derives from the PIN. Whoever
 * proves the number with a new account, and signs by it, does not wait.
 *
 * @param key Ed25519 (RFC 8032)
 * @param wrong how many tries have failed since it was set, or given; at most {@link #TRIES}
 * @param next before that, no try is looked at
 */
public record Pin(DeviceKey key, int wrong, Instant next) {
    /** After as many wrong ones none counts any more, until one of the account's devices sets a PIN anew. */
    public static final int TRIES = 5;

    /** How long the next try has to wait, after each of the first wrong ones. */
    private static final List<Duration> WAITS =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofHours(6));

    /**
     * A PIN as it is kept.
     *
     * @throws IllegalArgumentException if more tries have failed than there are, or fewer than none
     */
    public Pin {
        if (wrong < 0 || wrong > TRIES) {
            throw new IllegalArgumentException("a PIN can be tried " + TRIES + " times");
        }
    }

    /** One that nobody has tried. */
    public static Pin of(DeviceKey key) {
        return new Pin(key, 0, Instant.EPOCH);
    }

    /** What its key signs: the address, and the new account that shall have it. */
    public static byte[] statement(Tag tag, DeviceKey account) {
        return Statement.of("lethe/1 pin")
                .with(tag.bytes())
                .with(account.bytes())
                .toBytes();
    }

    /** How many tries are left. */
    public int left() {
        return TRIES - wrong;
    }

    /** Whether this proof was made with the PIN. */
    public boolean isKnownTo(PinProof proof) {
        return key.signed(proof.statement().shared(), proof.signature());
    }

    /** The same PIN after one more wrong try. */
    public Pin missed(Instant now) {
        Duration wait = wrong < WAITS.size() ? WAITS.get(wrong) : Duration.ZERO;
        return new Pin(key, Math.min(wrong + 1, TRIES), now.plus(wait).truncatedTo(ChronoUnit.MILLIS));
    }
}
