package lethe.client.sealing;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import lethe.core.identity.Opaque;
import lethe.core.protocol.VerifierBodies.OpenSession;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;

/** The verifier's half of a {@link SealingKey}. It does not print. */
public final class OpeningKey {
    private final AsymmetricCipherKeyPair pair;

    private OpeningKey(AsymmetricCipherKeyPair pair) {
        this.pair = pair;
    }

    /**
     * A new key.
     *
     * @param random a cryptographically strong source
     */
    public static OpeningKey draw(RandomGenerator random) {
        return new OpeningKey(Hpke.draw(random));
    }

    /**
     * A key as it was stored.
     *
     * @param bytes what {@link #secret} gave
     * @throws IllegalArgumentException if they are not 32
     */
    public static OpeningKey of(Opaque bytes) {
        if (bytes.length() != Hpke.KEY) {
            throw new IllegalArgumentException("an opening key has " + Hpke.KEY + " bytes");
        }
        X25519PrivateKeyParameters secret = new X25519PrivateKeyParameters(bytes.shared());
        return new OpeningKey(new AsymmetricCipherKeyPair(secret.generatePublicKey(), secret));
    }

    /** The key itself, for the verifier's own key file. */
    public Opaque secret() {
        return Opaque.wrap(((X25519PrivateKeyParameters) pair.getPrivate()).getEncoded());
    }

    /** What phones seal to. */
    public SealingKey sealingKey() {
        return new SealingKey(Opaque.wrap(Hpke.suite().serializePublicKey(pair.getPublic())));
    }

    /** What was sealed to this key; empty if nothing was, or it is no request. */
    public Optional<SessionRequest> open(OpenSession sealed) {
        Optional<byte[]> message =
                Hpke.open(pair, SealingKey.INFO, new Hpke.Sealed(sealed.encapsulated(), sealed.sealed()));
        Optional<SessionRequest> request = message.flatMap(SessionRequest::decode);
        message.ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
        return request;
    }

    @Override
    public String toString() {
        return "OpeningKey[***]";
    }
}
