package lethe.oprf;

import java.util.List;
import java.util.Optional;
import lethe.core.identity.Opaque;

/**
 * What everybody knows of a tagger's key, and checks its proofs with: {@value Element#LENGTH} bytes.
 *
 * <p>If a key is split, each share has a public key of its own, and their sum is that of the whole.
 */
public record PublicKey(Element element) {
    /** Reads a public key; empty if the bytes are no element. */
    public static Optional<PublicKey> decode(Opaque bytes) {
        return Element.decode(bytes).map(PublicKey::new);
    }

    /**
     * The public key of the whole, of those of all shares.
     *
     * @param shares at least one
     * @return empty if there is no such key
     */
    public static Optional<PublicKey> ofShares(List<PublicKey> shares) {
        Optional<Element> sum = Optional.of(shares.get(0).element());
        for (PublicKey share : shares.subList(1, shares.size())) {
            sum = sum.flatMap(element -> element.plus(share.element()));
        }
        return sum.map(PublicKey::new);
    }

    /** Whether the tagger of this key made these results of these elements, one for one. */
    public boolean proves(List<Element> blinded, Evaluated evaluated) {
        return blinded.size() == evaluated.elements().size()
                && new Equality(Suite.VOPRF, this, blinded, evaluated.elements()).isProvenBy(evaluated.proof());
    }

    /** Base64url, 44 characters, to pin and to compare. */
    public String toText() {
        return element.bytes().toText();
    }

    @Override
    public String toString() {
        return "PublicKey[" + toText() + "]";
    }
}
