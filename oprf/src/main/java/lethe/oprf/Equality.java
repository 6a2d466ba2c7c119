package lethe.oprf;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.math.ec.ECPoint;

/**
 * The proof that one scalar leads from the generator to the public key and from each element of a batch to its result
 * (RFC 9497, section 2.2): made by whoever knows the scalar, checked by everybody.
 *
 * <p>A batch is proven at once: its elements, and its results, are each summed with weights that depend on all of them.
 */
record Equality(Suite suite, PublicKey key, List<Element> from, List<Element> to) {
    Equality {
        if (from.isEmpty() || from.size() != to.size()) {
            throw new IllegalArgumentException("a proof is about as many results as elements, and at least one");
        }
    }

    /** GenerateProof, with the scalar and a random one that is used once and never told. */
    Proof prove(BigInteger secret, BigInteger once) {
        ECPoint sum = P256.sum(points(from), weights());
        ECPoint sumUnderKey = P256.timesSecret(sum, secret);
        BigInteger challenge =
                challenge(sum, sumUnderKey, P256.timesSecret(P256.GENERATOR, once), P256.timesSecret(sum, once));
        return new Proof(challenge, once.subtract(challenge.multiply(secret)).mod(P256.ORDER));
    }

    /** VerifyProof. */
    boolean isProvenBy(Proof proof) {
        List<BigInteger> weights = weights();
        ECPoint sum = P256.sum(points(from), weights);
        ECPoint sumUnderKey = P256.sum(points(to), weights);
        List<BigInteger> claimed = List.of(proof.response(), proof.challenge());
        ECPoint ofGenerator = P256.sum(List.of(P256.GENERATOR, key.element().point()), claimed);
        ECPoint ofSum = P256.sum(List.of(sum, sumUnderKey), claimed);
        return challenge(sum, sumUnderKey, ofGenerator, ofSum).equals(proof.challenge());
    }

    private BigInteger challenge(ECPoint sum, ECPoint sumUnderKey, ECPoint ofGenerator, ECPoint ofSum) {
        ECPoint[] points = {sum, sumUnderKey, ofGenerator, ofSum};
        P256.CURVE.normalizeAll(points);
        Transcript transcript = new Transcript().add(key.element().bytes().shared());
        for (ECPoint point : points) {
            transcript.add(point.getEncoded(true));
        }
        return suite.hashToScalar(transcript.end("Challenge").toBytes());
    }

    private List<BigInteger> weights() {
        byte[] seed = new Transcript()
                .add(key.element().bytes().shared())
                .add(suite.label("Seed-"))
                .sha256();
        List<BigInteger> weights = new ArrayList<>(from.size());
        for (int i = 0; i < from.size(); i++) {
            byte[] transcript = new Transcript()
                    .add(seed)
                    .number(i)
                    .add(from.get(i).bytes().shared())
                    .add(to.get(i).bytes().shared())
                    .end("Composite")
                    .toBytes();
            weights.add(suite.hashToScalar(transcript));
        }
        return weights;
    }

    private static List<ECPoint> points(List<Element> elements) {
        return elements.stream().map(Element::point).toList();
    }
}
