package lethe.core.identity;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

/**
 * The public key with which a device proves that it is itself: Ed25519 (RFC 8032), 32 bytes.
 *
 * @param bytes the raw public key, 32 bytes
 */
public record DeviceKey(Opaque bytes) {
    public static final int LENGTH = 32;
    private static final byte[] X509_PREFIX = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};

    public DeviceKey {
        if (bytes.length() != LENGTH) {
            throw new IllegalArgumentException("a device key has " + LENGTH + " bytes");
        }
    }

    /**
     * Takes the raw key out of its X.509 form (RFC 8410).
     *
     * @throws IllegalArgumentException if it is not an Ed25519 key
     */
    public static DeviceKey of(PublicKey key) {
        byte[] encoded = key.getEncoded();
        if (encoded.length != X509_PREFIX.length + LENGTH
                || !Arrays.equals(encoded, 0, X509_PREFIX.length, X509_PREFIX, 0, X509_PREFIX.length)) {
            throw new IllegalArgumentException("not an Ed25519 key");
        }
        byte[] raw = new byte[LENGTH];
        System.arraycopy(encoded, encoded.length - LENGTH, raw, 0, LENGTH);
        return new DeviceKey(Opaque.wrap(raw));
    }

    /** Whether this key made the signature over the bytes. A malformed key or signature is simply wrong. */
    public boolean signed(byte[] message, Opaque signature) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(publicKey());
            verifier.update(message);
            return verifier.verify(signature.shared());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private PublicKey publicKey() throws GeneralSecurityException {
        byte[] encoded = new byte[X509_PREFIX.length + LENGTH];
        System.arraycopy(X509_PREFIX, 0, encoded, 0, X509_PREFIX.length);
        System.arraycopy(bytes.shared(), 0, encoded, X509_PREFIX.length, LENGTH);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }
}
