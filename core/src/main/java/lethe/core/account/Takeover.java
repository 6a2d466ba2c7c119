package lethe.core.account;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import lethe.core.consent.Consent;

/**
 * Somebody has proven to own the number of an address that is in use, with a new account: a new phone whose old one is
 * lost, or whoever got hold of the number. Waits, so that the old devices can object. An objection has an end: whoever
 * can still prove the number then has it for good, and the old owner has not.
 *
 * @param account whose the address would be
 * @param consent that comes with it
 * @param ends until when it waits; then it comes true if nobody has objected, and else if the number is proven again
 * @param objected whether the old owner has objected
 */
public record Takeover(Account account, Consent consent, Instant ends, boolean objected) {
    /** How long an objection holds: time enough to get back a number that was stolen. */
    private static final Duration OBJECTION = Duration.ofDays(7);

    /** How long after its time it can come true. */
    private static final Duration LASTS = Duration.ofDays(7);

    /** Nobody has objected yet. */
    public Takeover(Account account, Consent consent, Instant ends) {
        this(account, consent, ends, false);
    }

    /** Whether its time has come. */
    public boolean isRipe(Instant now) {
        return !now.isBefore(ends);
    }

    /** Whether it counts no longer, and the number would have to be proven from the beginning. */
    public boolean isLapsed(Instant now) {
        return !now.isBefore(ends.plus(LASTS));
    }

    /** The old owner objects. Once is as good as often. */
    public Takeover objected(Instant now) {
        return objected
                ? this
                : new Takeover(account, consent, now.plus(OBJECTION).truncatedTo(ChronoUnit.MILLIS), true);
    }

    /** The same claim with a newer list, or a consent to a later policy. */
    public Takeover with(Account newer, Consent later) {
        return new Takeover(newer, later, ends, objected);
    }
}
