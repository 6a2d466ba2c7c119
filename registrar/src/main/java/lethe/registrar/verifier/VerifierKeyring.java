package lethe.registrar.verifier;

import java.util.Optional;
import java.util.random.RandomGenerator;
import lethe.client.sealing.OpeningKey;
import lethe.client.sealing.PinnedVerifier;
import lethe.core.identity.Opaque;

/** A verifier's two keys: what opens requests, and what signs statements. It does not print. */
record VerifierKeyring(OpeningKey opening, SigningKey signing) {
    private static final String FORM = "opening [A-Za-z0-9_-]{43}\nsigning [A-Za-z0-9_-]{43}\n";

    static VerifierKeyring draw(RandomGenerator random) {
        return new VerifierKeyring(OpeningKey.draw(random), SigningKey.draw(random));
    }

    /** What everybody may know of it, and phones pin. */
    PinnedVerifier pinned() {
        return new PinnedVerifier(opening.sealingKey(), signing.publicKey());
    }

    /** Two lines, for a private file. */
    String toLines() {
        return "opening " + opening.secret().toText() + "\nsigning "
                + signing.secret().toText() + "\n";
    }

    /** Reads what {@link #toLines} writes; empty if it is something else. */
    static Optional<VerifierKeyring> fromLines(String text) {
        if (!text.matches(FORM)) {
            return Optional.empty();
        }
        try {
            String[] words = text.split("[ \n]", -1);
            return Optional.of(new VerifierKeyring(
                    OpeningKey.of(Opaque.fromText(words[1])), SigningKey.of(Opaque.fromText(words[3]))));
        } catch (IllegalArgumentException notCanonical) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "VerifierKeyring[***]";
    }
}
