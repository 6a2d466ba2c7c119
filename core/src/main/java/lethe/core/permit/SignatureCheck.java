package lethe.core.permit;

import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;

/** How Ed25519 signatures (RFC 8032) are checked: by the platform, or by whatever is faster. */
@FunctionalInterface
public interface SignatureCheck {
    /** Whether this key made the signature over the bytes. A malformed key or signature is simply wrong. */
    boolean holds(DeviceKey key, byte[] message, Opaque signature);
}
