package lethe.core.permit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.Statement;

/**
 * A verifier's signed word to taggers: whoever holds this key has proven a number. Taggers count what is asked under
 * its pseudonym, and learn neither number nor tag nor account.
 *
 * <p>It does not print: the pseudonym is a number's for as long as the verifier keeps its key.
 *
 * @param pseudonym the same for each permit of a number, so that registering again gives nobody more; 16 bytes
 * @param key what requests are signed with: Ed25519 (RFC 8032), drawn by the phone for this alone
 * @param expires to the second; from then on it is void
 * @param signature Ed25519 over {@link #statement}, 64 bytes
 */
public record Permit(Opaque pseudonym, DeviceKey key, Instant expires, Opaque signature) {
    public static final int PSEUDONYM = 16;
    /** The first version of the form. Another form has another context, so no signature of one holds for the other. */
    private static final String CONTEXT = "lethe/1 permit";

    /**
     * Parts that have the right form; whether the signature holds is not looked at.
     *
     * @throws IllegalArgumentException if the pseudonym has another length, or the time parts of a second
     */
    public Permit {
        if (pseudonym.length() != PSEUDONYM) {
            throw new IllegalArgumentException("a pseudonym has " + PSEUDONYM + " bytes");
        }
        if (!expires.equals(expires.truncatedTo(ChronoUnit.SECONDS))) {
            throw new IllegalArgumentException("expires in whole seconds");
        }
    }

    /** What the verifier signs: the context, then each field with its length in front. */
    public static byte[] statement(Opaque pseudonym, DeviceKey key, Instant expires) {
        return Statement.of(CONTEXT)
                .with(pseudonym)
                .with(key.bytes())
                .with(expires.getEpochSecond())
                .toBytes();
    }

    /** Whether this verifier signed it, with these fields. */
    public boolean isSignedBy(DeviceKey verifier, SignatureCheck check) {
        return check.holds(verifier, statement(pseudonym, key, expires), signature);
    }

    public boolean isInForce(Instant now) {
        return now.isBefore(expires);
    }

    @Override
    public String toString() {
        return "Permit[***]";
    }
}
