package lethe.client.permit;

import java.util.random.RandomGenerator;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** The key that a permit is made out to: Ed25519 (RFC 8032), of no other use. It does not print. */
public final class PermitKey {
    private final Ed25519PrivateKeyParameters secret;

    private PermitKey(Ed25519PrivateKeyParameters secret) {
        this.secret = secret;
    }

    /**
     * A new key.
     *
     * @param random a cryptographically strong source
     */
    public static PermitKey draw(RandomGenerator random) {
        byte[] bytes = new byte[Ed25519PrivateKeyParameters.KEY_SIZE];
        random.nextBytes(bytes);
        return of(Opaque.wrap(bytes));
    }

    /**
     * As it was stored.
     *
     * @throws IllegalArgumentException if they are not 32 bytes
     */
    public static PermitKey of(Opaque bytes) {
        if (bytes.length() != Ed25519PrivateKeyParameters.KEY_SIZE) {
            throw new IllegalArgumentException("a permit key has 32 bytes");
        }
        return new PermitKey(new Ed25519PrivateKeyParameters(bytes.shared()));
    }

    /** For the phone's own file. */
    Opaque secret() {
        return Opaque.wrap(secret.getEncoded());
    }

    /** What the verifier puts into the permit. */
    public DeviceKey publicKey() {
        return new DeviceKey(Opaque.wrap(secret.generatePublicKey().getEncoded()));
    }

    Opaque sign(byte[] statement) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, secret);
        signer.update(statement, 0, statement.length);
        return Opaque.wrap(signer.generateSignature());
    }

    @Override
    public String toString() {
        return "PermitKey[***]";
    }
}
