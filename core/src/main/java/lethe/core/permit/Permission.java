package lethe.core.permit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.Statement;
import lethe.core.permit.PermissionVerdict.Reason;

/**
 * A permit as it is shown for one batch: signed by the permit's key, for these elements, at this time, once. It does
 * not print.
 *
 * @param created to the second, by the clock of whoever asks
 * @param nonce drawn for this request, 16 bytes
 * @param signature by the permit's key, Ed25519 over {@link #statement}, 64 bytes
 */
public record Permission(Permit permit, Instant created, Opaque nonce, Opaque signature) {
    public static final int NONCE = 16;
    /** How far the clocks of both ends may be apart. For so long before and after, nonces have to be remembered. */
    public static final Duration WINDOW = Duration.ofSeconds(60);

    private static final String CONTEXT = "lethe/1 evaluate";

    /**
     * Parts that have the right form; whether the signatures hold is not looked at.
     *
     * @throws IllegalArgumentException if the nonce has another length, or the time parts of a second
     */
    public Permission {
        if (nonce.length() != NONCE) {
            throw new IllegalArgumentException("a nonce has " + NONCE + " bytes");
        }
        if (!created.equals(created.truncatedTo(ChronoUnit.SECONDS))) {
            throw new IllegalArgumentException("created at a whole second");
        }
    }

    /**
     * What whoever asks signs: the context, the permit's signature, time, nonce, version, and the SHA-256 of the
     * elements one after the other. So it is the same for a request in JSON and in CBOR.
     *
     * @param version of the taggers' key
     * @param blinded elements of one length
     */
    public static byte[] statement(Permit permit, Instant created, Opaque nonce, int version, List<Opaque> blinded) {
        return Statement.of(CONTEXT)
                .with(permit.signature())
                .with(created.getEpochSecond())
                .with(nonce)
                .with(version)
                .with(digest(blinded))
                .toBytes();
    }

    /**
     * Judges it for the batch that came with it. Whether it was shown before is not looked at.
     *
     * @param verifiers whose permits count
     */
    public PermissionVerdict judge(
            Collection<DeviceKey> verifiers, int version, List<Opaque> blinded, Instant now, SignatureCheck check) {
        if (Duration.between(created, now).abs().compareTo(WINDOW) > 0) {
            return new PermissionVerdict.Refused(Reason.OTHER_TIME);
        }
        if (!permit.isInForce(now)) {
            return new PermissionVerdict.Refused(Reason.EXPIRED);
        }
        boolean signed = verifiers.stream().anyMatch(verifier -> permit.isSignedBy(verifier, check))
                && check.holds(permit.key(), statement(permit, created, nonce, version, blinded), signature);
        return signed
                ? new PermissionVerdict.Holds(permit.pseudonym(), verifiers.contains(permit.key()))
                : new PermissionVerdict.Refused(Reason.FORGED);
    }

    private static Opaque digest(List<Opaque> elements) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            elements.forEach(element -> digest.update(element.shared()));
            return Opaque.wrap(digest.digest());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    @Override
    public String toString() {
        return "Permission[***]";
    }
}
