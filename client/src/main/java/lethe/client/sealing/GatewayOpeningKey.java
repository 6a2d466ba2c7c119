package lethe.client.sealing;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;

/** The gateway's half of a {@link GatewayKey}. It does not print. */
public final class GatewayOpeningKey {
    private final AsymmetricCipherKeyPair pair;
    private final GatewayKey open;

    private GatewayOpeningKey(AsymmetricCipherKeyPair pair) {
        this.pair = pair;
        this.open = new GatewayKey(Opaque.wrap(Hpke.suite().serializePublicKey(pair.getPublic())));
    }

    /**
     * A new key.
     *
     * @param random a cryptographically strong source
     */
    public static GatewayOpeningKey draw(RandomGenerator random) {
        return new GatewayOpeningKey(Hpke.draw(random));
    }

    /**
     * A key as it was stored.
     *
     * @param bytes what {@link #secret} gave
     * @throws IllegalArgumentException if they are not 32
     */
    public static GatewayOpeningKey of(Opaque bytes) {
        if (bytes.length() != Hpke.KEY) {
            throw new IllegalArgumentException("an opening key has " + Hpke.KEY + " bytes");
        }
        X25519PrivateKeyParameters secret = new X25519PrivateKeyParameters(bytes.shared());
        return new GatewayOpeningKey(new AsymmetricCipherKeyPair(secret.generatePublicKey(), secret));
    }

    /** The key itself, for the gateway's own key file. */
    public Opaque secret() {
        return Opaque.wrap(((X25519PrivateKeyParameters) pair.getPrivate()).getEncoded());
    }

    /** What phones seal to. */
    public GatewayKey gatewayKey() {
        return open;
    }

    /** Whether a capsule says that it is for this key. */
    public boolean isNamedBy(Opaque capsule) {
        byte[] bytes = capsule.shared();
        return bytes.length > GatewayKey.SEALED
                && bytes[0] == GatewayKey.VERSION
                && Arrays.equals(bytes, 1, GatewayKey.ENCAPSULATED, open.id().shared(), 0, GatewayKey.ID);
    }

    /** What was sealed to this key for this message; empty if nothing was. Whoever is given it wipes its number. */
    public Optional<SmsContent> open(Opaque capsule, MessageId message) {
        if (!isNamedBy(capsule)) {
            return Optional.empty();
        }
        byte[] bytes = capsule.shared();
        Hpke.Sealed sealed = new Hpke.Sealed(
                Opaque.wrap(Arrays.copyOfRange(bytes, GatewayKey.ENCAPSULATED, GatewayKey.SEALED)),
                Opaque.wrap(Arrays.copyOfRange(bytes, GatewayKey.SEALED, bytes.length)));
        Optional<byte[]> plain = Hpke.open(pair, open.info(), message.bytes().shared(), sealed);
        Optional<SmsContent> content = plain.flatMap(SmsContent::decode);
        plain.ifPresent(read -> Arrays.fill(read, (byte) 0));
        return content;
    }

    @Override
    public String toString() {
        return "GatewayOpeningKey[***]";
    }
}
