package lethe.oprf;

import java.math.BigInteger;
import java.util.Optional;
import lethe.core.identity.Opaque;

/**
 * That a tagger used one key for a whole batch, and which (RFC 9497, section 2.2: challenge and response,
 * {@value #LENGTH} bytes). Says nothing else, so everybody may have it.
 */
public final class Proof {
    /** Bytes on the wire. */
    public static final int LENGTH = 2 * P256.SCALAR;

    private final BigInteger challenge;
    private final BigInteger response;

    Proof(BigInteger challenge, BigInteger response) {
        this.challenge = challenge;
        this.response = response;
    }

    /** Reads a proof; empty if it is not two scalars. Whether it holds is another question. */
    public static Optional<Proof> decode(Opaque bytes) {
        if (bytes.length() != LENGTH) {
            return Optional.empty();
        }
        return P256.scalarAt(bytes, 0)
                .flatMap(
                        challenge -> P256.scalarAt(bytes, P256.SCALAR).map(response -> new Proof(challenge, response)));
    }

    /** Challenge, then response. */
    public Opaque bytes() {
        return Opaque.wrap(new Transcript()
                .raw(P256.toBytes(challenge))
                .raw(P256.toBytes(response))
                .toBytes());
    }

    BigInteger challenge() {
        return challenge;
    }

    BigInteger response() {
        return response;
    }
}
