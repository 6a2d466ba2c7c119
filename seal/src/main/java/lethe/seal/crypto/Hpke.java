package lethe.seal.crypto;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import lethe.core.identity.Opaque;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;

/** Hybrid public-key encryption (RFC 9180), base mode: both ends of a context that carries one message. */
public final class Hpke {
    private Hpke() {}

    /**
     * The public half of a secret key.
     *
     * @param secret {@link Suite#SECRET} bytes that only chance knows
     */
    public static Opaque publicKey(Suite suite, Opaque secret) {
        HPKE hpke = suite.hpke();
        return Opaque.wrap(hpke.serializePublicKey(pair(hpke, secret).getPublic()));
    }

    /**
     * Agrees on a context with whoever has the secret half of a key.
     *
     * @param key as it came from outside
     * @param info what both ends know; another one makes another context
     * @param random a cryptographically strong source
     * @return empty if nothing can be agreed on with this key
     */
    public static Optional<Outgoing> send(Suite suite, Opaque key, byte[] info, RandomGenerator random) {
        if (key.length() != suite.publicKey()) {
            return Optional.empty();
        }
        byte[] chance = new byte[suite.chance()];
        random.nextBytes(chance);
        HPKE hpke = suite.hpke();
        try {
            return Optional.of(new Outgoing(encapsulate(suite, hpke, key, info, chance)));
        } catch (IllegalArgumentException | IllegalStateException noKey) {
            // Coordinates beyond ML-KEM's modulus (FIPS 203, 7.2), or a point of low order (RFC 7748, 6.1).
            return Optional.empty();
        } finally {
            Arrays.fill(chance, (byte) 0);
        }
    }

    private static HPKEContextWithEncapsulation encapsulate(
            Suite suite, HPKE hpke, Opaque key, byte[] info, byte[] chance) {
        AsymmetricKeyParameter to = hpke.deserializePublicKey(key.toBytes());
        return suite == Suite.X_WING
                ? hpke.setupBaseS(to, info, chance)
                : hpke.setupBaseS(to, info, pair(hpke, Opaque.wrap(chance)));
    }

    /**
     * The other end of a context.
     *
     * @param secret of the key that was sent to
     * @param encapsulated as it came from outside
     * @return empty if nothing was agreed on; a context of something else shows only when it is used
     */
    public static Optional<Incoming> receive(Suite suite, Opaque secret, Opaque encapsulated, byte[] info) {
        if (encapsulated.length() != suite.encapsulated()) {
            return Optional.empty();
        }
        HPKE hpke = suite.hpke();
        try {
            return Optional.of(new Incoming(hpke.setupBaseR(encapsulated.toBytes(), pair(hpke, secret), info)));
        } catch (IllegalArgumentException | IllegalStateException nothingAgreed) {
            return Optional.empty();
        }
    }

    private static AsymmetricCipherKeyPair pair(HPKE hpke, Opaque secret) {
        if (secret.length() != Suite.SECRET) {
            throw new IllegalArgumentException("a secret key has " + Suite.SECRET + " bytes");
        }
        byte[] copy = secret.toBytes();
        try {
            return hpke.deserializePrivateKey(copy, null);
        } finally {
            Arrays.fill(copy, (byte) 0);
        }
    }
}
