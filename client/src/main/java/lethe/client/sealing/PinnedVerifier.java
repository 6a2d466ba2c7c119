package lethe.client.sealing;

import java.util.Arrays;
import java.util.Optional;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;

/**
 * A verifier as phones were told beforehand: what they seal to, and what its word is checked with. Not asked of the
 * verifier's own port, where somebody else might answer.
 *
 * @param sealing what phones seal to
 * @param signing what {@link lethe.core.ownership.Ownership} is checked with
 */
public record PinnedVerifier(SealingKey sealing, DeviceKey signing) {
    private static final int LENGTH = Hpke.KEY + DeviceKey.LENGTH;

    /** Reads what {@link #toText} writes; empty if it is something else. */
    public static Optional<PinnedVerifier> fromText(String text) {
        try {
            byte[] bytes = Opaque.fromText(text).shared();
            return bytes.length != LENGTH
                    ? Optional.empty()
                    : Optional.of(new PinnedVerifier(
                            new SealingKey(Opaque.wrap(Arrays.copyOf(bytes, Hpke.KEY))),
                            new DeviceKey(Opaque.wrap(Arrays.copyOfRange(bytes, Hpke.KEY, LENGTH)))));
        } catch (IllegalArgumentException notBase64url) {
            return Optional.empty();
        }
    }

    /** Both keys in base64url: for configuration, and to compare. */
    public String toText() {
        byte[] bytes = Arrays.copyOf(sealing.bytes().shared(), LENGTH);
        System.arraycopy(signing.bytes().shared(), 0, bytes, Hpke.KEY, DeviceKey.LENGTH);
        return Opaque.wrap(bytes).toText();
    }
}
