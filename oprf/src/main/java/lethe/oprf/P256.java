package lethe.oprf;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import lethe.core.identity.Opaque;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/** The group of RFC 9497, section 4.3: NIST P-256, with its scalars and their bytes. */
final class P256 {
    /** Bytes of a scalar. */
    static final int SCALAR = 32;

    private static final X9ECParameters PARAMETERS = CustomNamedCurves.getByName("secp256r1");
    static final ECCurve CURVE = PARAMETERS.getCurve();
    static final ECPoint GENERATOR = PARAMETERS.getG();
    static final BigInteger ORDER = PARAMETERS.getN();

    private P256() {}

    /** The point multiplied with a scalar that nobody may learn, not even from the time that it takes. */
    static ECPoint timesSecret(ECPoint point, BigInteger secret) {
        return ECAlgorithms.multiplySecret(point, secret);
    }

    /** The sum of points, each with a scalar that everybody may know. */
    static ECPoint sum(List<ECPoint> points, List<BigInteger> scalars) {
        return ECAlgorithms.sumOfMultiplies(points.toArray(new ECPoint[0]), scalars.toArray(new BigInteger[0]));
    }

    /** From 1 up to the order, each as likely as the other (RFC 9497, section 4.7.1). */
    static BigInteger randomScalar(RandomGenerator random) {
        byte[] bytes = new byte[SCALAR];
        BigInteger scalar = BigInteger.ZERO;
        while (scalar.signum() == 0 || scalar.compareTo(ORDER) >= 0) {
            random.nextBytes(bytes);
            scalar = new BigInteger(1, bytes);
        }
        Arrays.fill(bytes, (byte) 0);
        return scalar;
    }

    static byte[] toBytes(BigInteger scalar) {
        return BigIntegers.asUnsignedByteArray(SCALAR, scalar);
    }

    /** The scalar from 0 up to the order at a place of the bytes; empty if what stands there is larger. */
    static Optional<BigInteger> scalarAt(Opaque bytes, int offset) {
        BigInteger scalar = new BigInteger(1, bytes.shared(), offset, SCALAR);
        return scalar.compareTo(ORDER) < 0 ? Optional.of(scalar) : Optional.empty();
    }
}
