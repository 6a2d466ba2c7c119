package lethe.device.keys;

import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.device.store.Identity;
import lethe.seal.crypto.Signer;

/** Signs prekeys and letters by the phone's own key, which stays where it is. */
public record DeviceSigner(Identity identity) implements Signer {
    @Override
    public DeviceKey publicKey() {
        return identity.key();
    }

    @Override
    public Opaque sign(byte[] statement) {
        return identity.sign(statement);
    }
}
