package lethe.core.consent;

import lethe.core.identity.Opaque;

/**
 * The policy in force.
 *
 * @param epoch monotone number, from 1
 * @param textHash SHA-256 of the policy's text
 */
public record Policy(long epoch, Opaque textHash) {
    public Policy {
        if (epoch < 1) {
            throw new IllegalArgumentException("policy epochs start at 1");
        }
    }

    /** Judges a consent that a device offers. The signature is judged apart, by the key that it came with. */
    public ConsentVerdict judge(Consent consent) {
        if (consent.epoch() < epoch) {
            return ConsentVerdict.STALE_EPOCH;
        }
        if (consent.epoch() > epoch) {
            return ConsentVerdict.UNKNOWN_EPOCH;
        }
        if (!consent.textHash().equals(textHash)) {
            return ConsentVerdict.OTHER_TEXT;
        }
        return consent.scopes().contains(Scope.IP) ? ConsentVerdict.GOOD : ConsentVerdict.NOTHING_GRANTED;
    }

    /** Whether a consent given earlier still holds. */
    public boolean honours(Consent consent) {
        return consent.epoch() >= epoch;
    }
}
