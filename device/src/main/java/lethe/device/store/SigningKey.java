package lethe.device.store;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;

/** An Ed25519 key pair (RFC 8032) of a phone: the device's, or the account's. It does not print. */
final class SigningKey {
    private static final String ALGORITHM = "Ed25519";

    private final PrivateKey privateKey;
    private final PublicKey publicKey;

    private SigningKey(PrivateKey privateKey, PublicKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    static SigningKey draw() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            return new SigningKey(pair.getPrivate(), pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /**
     * A pair as it was stored.
     *
     * @param pkcs8 the private key (RFC 8410)
     * @param x509 the public key (RFC 8410)
     * @throws IllegalArgumentException if they are not keys
     */
    static SigningKey of(Opaque pkcs8, Opaque x509) {
        try {
            KeyFactory keys = KeyFactory.getInstance(ALGORITHM);
            return new SigningKey(
                    keys.generatePrivate(new PKCS8EncodedKeySpec(pkcs8.shared())),
                    keys.generatePublic(new X509EncodedKeySpec(x509.shared())));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an Ed25519 key pair");
        }
    }

    DeviceKey publicKey() {
        return DeviceKey.of(publicKey);
    }

    /** PKCS#8, for the phone's own key file. */
    Opaque pkcs8() {
        return Opaque.wrap(privateKey.getEncoded());
    }

    /** X.509, for the phone's own key file. */
    Opaque x509() {
        return Opaque.wrap(publicKey.getEncoded());
    }

    Opaque sign(byte[] statement) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(privateKey);
            signature.update(statement);
            return Opaque.wrap(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key does not sign", e);
        }
    }

    @Override
    public String toString() {
        return "SigningKey[***]";
    }
}
