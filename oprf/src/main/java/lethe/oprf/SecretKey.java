package lethe.oprf;

import com.google.errorprone.annotations.RestrictedApi;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import lethe.core.identity.Opaque;
import org.bouncycastle.math.ec.ECPoint;

/**
 * A tagger's key, or one share of it: a scalar from 1 up to the order of P-256. Whoever has all of it and a list of
 * tags finds every number behind them in a day or two, so it does not print.
 *
 * <p>Shares add up to the key, and so do what they make of an element; a share alone says nothing about either.
 * Immutable, safe for use by many threads.
 */
public final class SecretKey {
    /** Bytes of a key. */
    public static final int LENGTH = P256.SCALAR;

    private static final int MOST_TRIES = 256;

    private final Suite suite;
    private final BigInteger scalar;
    private final PublicKey publicKey;

    private SecretKey(Suite suite, BigInteger scalar) {
        this.suite = suite;
        this.scalar = scalar;
        this.publicKey = new PublicKey(Element.of(P256.timesSecret(P256.GENERATOR, scalar)));
    }

    /**
     * A new key.
     *
     * @param random a cryptographically strong source
     */
    public static SecretKey draw(RandomGenerator random) {
        return new SecretKey(Suite.VOPRF, P256.randomScalar(random));
    }

    /**
     * The key that a seed and a public text lead to (RFC 9497, section 3.2.1, DeriveKeyPair).
     *
     * @param seed 32 bytes that only chance knows
     * @param info at most 65,535 bytes
     * @throws IllegalArgumentException if the lengths are others
     */
    public static SecretKey derive(Opaque seed, Opaque info) {
        return derive(Suite.VOPRF, seed, info);
    }

    static SecretKey derive(Suite suite, Opaque seed, Opaque info) {
        if (seed.length() != LENGTH) {
            throw new IllegalArgumentException("a seed has " + LENGTH + " bytes");
        }
        Transcript input = new Transcript().raw(seed.shared()).add(info.shared());
        for (int counter = 0; counter < MOST_TRIES; counter++) {
            byte[] tried = new Transcript()
                    .raw(input.toBytes())
                    .raw(new byte[] {(byte) counter})
                    .toBytes();
            BigInteger scalar = suite.hashToScalar(tried, suite.label("DeriveKeyPair"));
            if (scalar.signum() != 0) {
                return new SecretKey(suite, scalar);
            }
        }
        throw new IllegalStateException("a seed that leads to no key");
    }

    /** Reads a key; empty if the bytes are not {@value #LENGTH}, or zero, or beyond the order. */
    public static Optional<SecretKey> decode(Opaque bytes) {
        if (bytes.length() != LENGTH) {
            return Optional.empty();
        }
        return P256.scalarAt(bytes, 0).flatMap(SecretKey::of);
    }

    private static Optional<SecretKey> of(BigInteger scalar) {
        return scalar.signum() == 0 ? Optional.empty() : Optional.of(new SecretKey(Suite.VOPRF, scalar));
    }

    /** The key in clear, for callers marked {@link RevealsKeys}. */
    @RestrictedApi(explanation = "whoever reads the key can undo every tag", allowlistAnnotations = RevealsKeys.class)
    public Opaque reveal() {
        return Opaque.wrap(P256.toBytes(scalar));
    }

    public PublicKey publicKey() {
        return publicKey;
    }

    /**
     * Evaluates a batch, with one proof for all of it (RFC 9497, section 3.3.2, BlindEvaluate).
     *
     * @param blinded at least one element
     * @param random a cryptographically strong source
     */
    public Evaluated evaluate(List<Element> blinded, RandomGenerator random) {
        return evaluate(blinded, P256.randomScalar(random));
    }

    Evaluated evaluate(List<Element> blinded, BigInteger once) {
        List<Element> results = Element.all(blinded.stream()
                .map(element -> P256.timesSecret(element.point(), scalar))
                .toArray(ECPoint[]::new));
        return new Evaluated(results, new Equality(suite, publicKey, blinded, results).prove(scalar, once));
    }

    /**
     * What is left of this key when another one is taken away: the second share, if the other is the first.
     *
     * @return empty if the other is this one
     */
    public Optional<SecretKey> minus(SecretKey other) {
        return of(scalar.subtract(other.scalar).mod(P256.ORDER));
    }

    /**
     * This key and another one together: the whole, of two shares.
     *
     * @return empty if they cancel each other out
     */
    public Optional<SecretKey> plus(SecretKey other) {
        return of(scalar.add(other.scalar).mod(P256.ORDER));
    }

    @Override
    public String toString() {
        return "SecretKey[***]";
    }
}
