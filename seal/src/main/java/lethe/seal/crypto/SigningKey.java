package lethe.seal.crypto;

import java.util.random.RandomGenerator;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** An Ed25519 key (RFC 8032) in memory. It does not print. */
public final class SigningKey implements Signer {
    private final byte[] secret;
    private final byte[] open;

    private SigningKey(byte[] secret) {
        this.secret = secret;
        this.open = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(secret, 0, open, 0);
    }

    /**
     * A new key.
     *
     * @param random a cryptographically strong source
     */
    public static SigningKey draw(RandomGenerator random) {
        byte[] secret = new byte[Ed25519.SECRET_KEY_SIZE];
        random.nextBytes(secret);
        return new SigningKey(secret);
    }

    @Override
    public DeviceKey publicKey() {
        return new DeviceKey(Opaque.copyOf(open));
    }

    @Override
    public Opaque sign(byte[] statement) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(secret, 0, open, 0, statement, 0, statement.length, signature, 0);
        return Opaque.wrap(signature);
    }

    @Override
    public String toString() {
        return "SigningKey[***]";
    }
}
