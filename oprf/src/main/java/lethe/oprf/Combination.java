package lethe.oprf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.math.ec.ECPoint;

/**
 * What the taggers of one key made of a batch together, or why that is not to be believed.
 *
 * <p>A key is split by adding: shares that add up to it, each with its tagger, each proven for itself. Only the public
 * key of the whole is known beforehand. That is enough: the shares' public keys must add up to it, and each proof holds
 * for its own, so the results add up to what the whole key makes, whatever shares there are and however dishonest one
 * tagger is. Shares can therefore be replaced by others with the same sum, and nobody who asks needs to be told.
 */
public sealed interface Combination {
    /**
     * As if one tagger had the whole key.
     *
     * @param elements in the order of the batch
     */
    record Whole(List<Element> elements) implements Combination {
        public Whole {
            elements = List.copyOf(elements);
        }
    }

    /** Not to be used: somebody erred, or cheats. */
    record Refused(Fault fault) implements Combination {}

    /**
     * Checks the parts, and adds them up.
     *
     * @param pinned the public key of the whole
     * @param blinded what each tagger was shown, in this order
     * @param parts of all taggers, at least one, in any order
     */
    static Combination of(PublicKey pinned, List<Element> blinded, List<Part> parts) {
        Optional<PublicKey> sum =
                PublicKey.ofShares(parts.stream().map(Part::key).toList());
        if (!sum.equals(Optional.of(pinned))) {
            return new Refused(Fault.OTHER_KEY);
        }
        for (Part part : parts) {
            if (!part.key().proves(blinded, part.evaluated())) {
                return new Refused(Fault.NOT_PROVEN);
            }
        }
        return new Whole(parts.size() == 1 ? parts.get(0).evaluated().elements() : added(parts, blinded.size()));
    }

    private static List<Element> added(List<Part> parts, int count) {
        List<ECPoint> sums = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ECPoint sum = P256.CURVE.getInfinity();
            for (Part part : parts) {
                sum = sum.add(part.evaluated().elements().get(i).point());
            }
            sums.add(sum);
        }
        return Element.all(sums.toArray(new ECPoint[0]));
    }
}
