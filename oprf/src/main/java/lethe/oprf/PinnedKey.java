package lethe.oprf;

import java.util.Optional;
import lethe.core.identity.Opaque;

/**
 * The key that tags are made under, as whoever asks for tags was told beforehand: not by a tagger, which could have a
 * key for each person, and know everyone by it.
 *
 * @param version from 1; another one has other tags
 * @param key of the whole, also if it is split
 */
public record PinnedKey(int version, PublicKey key) {
    private static final String FORM = "[1-9][0-9]{0,8}:[A-Za-z0-9_-]{44}";

    public PinnedKey {
        if (version < 1) {
            throw new IllegalArgumentException("versions count up from 1");
        }
    }

    /** Reads what {@link #toText} writes; empty if it is something else. */
    public static Optional<PinnedKey> fromText(String text) {
        if (!text.matches(FORM)) {
            return Optional.empty();
        }
        int colon = text.indexOf(':');
        int version = Integer.parseInt(text.substring(0, colon));
        return PublicKey.decode(Opaque.fromText(text.substring(colon + 1))).map(key -> new PinnedKey(version, key));
    }

    /** Version, colon, key in base64url: for configuration, and to compare. */
    public String toText() {
        return version + ":" + key.toText();
    }
}
