package lethe.seal.crypto;

import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;

/** Who signs for a device, or for an account: a key in a file, or in the hardware of a phone. */
public interface Signer {
    /** The public half. */
    DeviceKey publicKey();

    /** Ed25519 (RFC 8032) over the bytes, 64 bytes. */
    Opaque sign(byte[] statement);
}
