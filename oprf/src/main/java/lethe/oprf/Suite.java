package lethe.oprf;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import lethe.core.identity.Opaque;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.hash2curve.HashToCurveProfile;
import org.bouncycastle.crypto.hash2curve.HashToEllipticCurve;
import org.bouncycastle.crypto.hash2curve.OPRFHashToScalar;
import org.bouncycastle.math.ec.ECPoint;

/**
 * The hashes of one mode of RFC 9497 with P256-SHA256 (section 4.3), each kept apart from the others by the names of
 * mode, suite and purpose. Safe for use by many threads.
 */
final class Suite {
    /** The mode whose results are proven: what Lethe uses. */
    static final Suite VOPRF = new Suite(1);

    /** Bits of security that the expansion of messages aims at (RFC 9380, section 8.2). */
    private static final int SECURITY = 128;

    private final String context;
    private final ThreadLocal<HashToEllipticCurve> toGroup;
    private final ThreadLocal<OPRFHashToScalar> toScalar;

    /**
     * The suite of a mode.
     *
     * @param mode 0 without proofs, 1 with
     */
    Suite(int mode) {
        context = "OPRFV1-" + (char) mode + "-P256-SHA256";
        toGroup = ThreadLocal.withInitial(
                () -> HashToEllipticCurve.getInstance(HashToCurveProfile.P256_XMD_SHA_256, "HashToGroup-" + context));
        toScalar = ThreadLocal.withInitial(() -> new OPRFHashToScalar(P256.CURVE, new SHA256Digest(), SECURITY));
    }

    /** A purpose's name in this context. */
    byte[] label(String purpose) {
        return (purpose + context).getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * The point that stands for an input (HashToGroup).
     *
     * @throws IllegalStateException if it is the identity, which no input is known to give
     */
    ECPoint hashToGroup(byte[] input) {
        ECPoint point = P256.CURVE.importPoint(toGroup.get().hashToCurve(input));
        if (point.isInfinity()) {
            throw new IllegalStateException("an input that hashes to the identity");
        }
        return point;
    }

    /** HashToScalar, as proofs use it. */
    BigInteger hashToScalar(byte[] input) {
        return hashToScalar(input, label("HashToScalar-"));
    }

    BigInteger hashToScalar(byte[] input, byte[] label) {
        return toScalar.get().process(input, label);
    }

    /** What the function's value is (Finalize, section 3.3.1): 32 bytes of an input and its point under the key. */
    Opaque finish(byte[] input, Element underKey) {
        Transcript transcript = new Transcript().add(input).add(underKey.bytes().shared());
        return Opaque.wrap(transcript.end("Finalize").sha256());
    }
}
