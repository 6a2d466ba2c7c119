package lethe.registrar.verifier;

import java.time.Instant;
import java.util.random.RandomGenerator;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.ownership.Ownership;
import lethe.core.permit.Permit;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** The key that statements are signed with: Ed25519 (RFC 8032). It does not print. */
final class SigningKey {
    private final Ed25519PrivateKeyParameters secret;

    private SigningKey(Ed25519PrivateKeyParameters secret) {
        this.secret = secret;
    }

    static SigningKey draw(RandomGenerator random) {
        byte[] bytes = new byte[Ed25519PrivateKeyParameters.KEY_SIZE];
        random.nextBytes(bytes);
        return of(Opaque.wrap(bytes));
    }

    /**
     * As it was stored.
     *
     * @throws IllegalArgumentException if they are not 32 bytes
     */
    static SigningKey of(Opaque bytes) {
        if (bytes.length() != Ed25519PrivateKeyParameters.KEY_SIZE) {
            throw new IllegalArgumentException("a signing key has 32 bytes");
        }
        return new SigningKey(new Ed25519PrivateKeyParameters(bytes.shared()));
    }

    /** For the verifier's own key file. */
    Opaque secret() {
        return Opaque.wrap(secret.getEncoded());
    }

    /** What statements are checked with. */
    DeviceKey publicKey() {
        return new DeviceKey(Opaque.wrap(secret.generatePublicKey().getEncoded()));
    }

    Ownership sign(Tag tag, DeviceKey account, Instant expires, Opaque nonce) {
        return new Ownership(tag, account, expires, nonce, sign(Ownership.statement(tag, account, expires, nonce)));
    }

    /** A permit, for whoever holds its key. */
    Permit permit(Opaque pseudonym, DeviceKey holder, Instant expires) {
        return new Permit(pseudonym, holder, expires, sign(Permit.statement(pseudonym, holder, expires)));
    }

    private Opaque sign(byte[] statement) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, secret);
        signer.update(statement, 0, statement.length);
        return Opaque.wrap(signer.generateSignature());
    }

    @Override
    public String toString() {
        return "SigningKey[***]";
    }
}
