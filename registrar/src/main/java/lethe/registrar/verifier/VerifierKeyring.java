package lethe.registrar.verifier;

import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import lethe.client.permit.HeldPermit;
import lethe.client.permit.PermitKey;
import lethe.client.sealing.OpeningKey;
import lethe.client.sealing.PinnedVerifier;
import lethe.core.identity.Opaque;
import lethe.core.permit.Permit;

/**
 * A verifier's three keys: what opens requests, what signs statements and permits, and what makes pseudonyms. It does
 * not print.
 */
record VerifierKeyring(OpeningKey opening, SigningKey signing, NumberKey pseudonyms) {
    private static final String FORM =
            "opening [A-Za-z0-9_-]{43}\nsigning [A-Za-z0-9_-]{43}\npseudonyms [A-Za-z0-9_-]{43}\n";
    private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

    static VerifierKeyring draw(RandomGenerator random) {
        return new VerifierKeyring(OpeningKey.draw(random), SigningKey.draw(random), NumberKey.draw(random));
    }

    /** What everybody may know of it, and phones pin. */
    PinnedVerifier pinned() {
        return new PinnedVerifier(opening.sealingKey(), signing.publicKey());
    }

    /**
     * With what the verifier itself asks taggers: a permit for its own signing key. It could sign itself any other, so
     * this one needs neither an end nor a count.
     */
    HeldPermit own() {
        Opaque nobody = Opaque.wrap(new byte[Permit.PSEUDONYM]);
        return new HeldPermit(signing.permit(nobody, signing.publicKey(), NEVER), PermitKey.of(signing.secret()));
    }

    /** Three lines, for a private file. */
    String toLines() {
        return "opening " + opening.secret().toText() + "\nsigning "
                + signing.secret().toText() + "\npseudonyms "
                + pseudonyms.secret().toText() + "\n";
    }

    /** Reads what {@link #toLines} writes; empty if it is something else. */
    static Optional<VerifierKeyring> fromLines(String text) {
        if (!text.matches(FORM)) {
            return Optional.empty();
        }
        try {
            String[] words = text.split("[ \n]", -1);
            return Optional.of(new VerifierKeyring(
                    OpeningKey.of(Opaque.fromText(words[1])),
                    SigningKey.of(Opaque.fromText(words[3])),
                    NumberKey.of(Opaque.fromText(words[5]))));
        } catch (IllegalArgumentException notCanonical) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "VerifierKeyring[***]";
    }
}
