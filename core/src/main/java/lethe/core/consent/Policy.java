package lethe.core.consent;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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

    /** The policy that has this text. */
    public static Policy of(long epoch, String text) {
        return new Policy(epoch, hash(text));
    }

    private static Opaque hash(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return Opaque.wrap(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Whether it has this text. */
    public boolean isOf(String text) {
        return textHash.equals(hash(text));
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
