package lethe.core.ownership;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.Statement;
import lethe.core.identity.Tag;

/**
 * A verifier's signed word: whoever holds this account key has shown to own the number behind this tag. Whoever checks
 * it needs the verifier's public key, and learns no number.
 *
 * <p>It does not print: a tag is an address.
 *
 * @param account Ed25519 (RFC 8032), 32 bytes
 * @param expires to the second; from then on it is void
 * @param nonce drawn by whoever asked, so that an old statement is not taken for the answer; 16 bytes
 * @param signature Ed25519 over {@link #statement}, 64 bytes
 */
public record Ownership(Tag tag, DeviceKey account, Instant expires, Opaque nonce, Opaque signature) {
    public static final int NONCE = 16;
    /** The first version of the form. Another form has another context, so no signature of one holds for the other. */
    private static final String CONTEXT = "lethe/1 ownership";

    /**
     * Parts that have the right form; whether the signature holds is not looked at.
     *
     * @throws IllegalArgumentException if the nonce has another length, or the time parts of a second
     */
    public Ownership {
        if (nonce.length() != NONCE) {
            throw new IllegalArgumentException("a nonce has " + NONCE + " bytes");
        }
        if (!expires.equals(expires.truncatedTo(ChronoUnit.SECONDS))) {
            throw new IllegalArgumentException("expires in whole seconds");
        }
    }

    /** What the verifier signs: the context, then each field with its length in front. */
    public static byte[] statement(Tag tag, DeviceKey account, Instant expires, Opaque nonce) {
        return Statement.of(CONTEXT)
                .with(tag.bytes())
                .with(account.bytes())
                .with(expires.getEpochSecond())
                .with(nonce)
                .toBytes();
    }

    /** Judges it for whoever asked with this account key and nonce. */
    public OwnershipVerdict judge(DeviceKey verifier, DeviceKey asked, Opaque drawn, Instant now) {
        if (!account.equals(asked)) {
            return new OwnershipVerdict.Refused(OwnershipVerdict.Reason.OTHER_ACCOUNT);
        }
        if (!nonce.equals(drawn)) {
            return new OwnershipVerdict.Refused(OwnershipVerdict.Reason.OTHER_NONCE);
        }
        return judge(verifier, now);
    }

    /** Judges it for whoever was shown it. */
    public OwnershipVerdict judge(DeviceKey verifier, Instant now) {
        if (!verifier.signed(statement(tag, account, expires, nonce), signature)) {
            return new OwnershipVerdict.Refused(OwnershipVerdict.Reason.FORGED);
        }
        return now.isBefore(expires)
                ? new OwnershipVerdict.Holds(tag, account)
                : new OwnershipVerdict.Refused(OwnershipVerdict.Reason.EXPIRED);
    }

    @Override
    public String toString() {
        return "Ownership[***]";
    }
}
