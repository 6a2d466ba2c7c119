package lethe.seal.crypto;

import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Ed25519 (RFC 8032) by Bouncy Castle, which takes an eighth of the time that Java 17 takes. */
public final class Signatures {
    /** Bytes of a signature. */
    public static final int LENGTH = Ed25519.SIGNATURE_SIZE;

    private Signatures() {}

    /** Whether this key made the signature over the bytes. A malformed key or signature is simply wrong. */
    public static boolean hold(DeviceKey key, byte[] message, Opaque signature) {
        return signature.length() == LENGTH
                && Ed25519.verify(signature.shared(), 0, key.bytes().shared(), 0, message, 0, message.length);
    }
}
