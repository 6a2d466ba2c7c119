package lethe.device.store;

import java.util.Optional;

/**
 * A key that the platform keeps and does not give away: in Android's Keystore, a TPM, or macOS' keychain. It wraps a
 * key of 32 bytes, which a phone's files are encrypted under.
 *
 * <p>An implementation on Android holds an AES key of the Keystore (strong box if there is one, user authentication if
 * the owner wants it) and wraps by AES-GCM; on a TPM it seals to a policy. What it wraps it must authenticate.
 */
public interface PlatformKey {
    /**
     * Wraps a key.
     *
     * @param key 32 bytes; the caller overwrites them afterwards
     * @return at most 4,096 bytes, which go to the phone's file {@code vault}
     */
    byte[] wrap(byte[] key);

    /**
     * Unwraps a key.
     *
     * @return what was wrapped; empty if this platform has not wrapped it, or its user is not let in
     */
    Optional<byte[]> unwrap(byte[] wrapped);
}
