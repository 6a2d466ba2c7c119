package lethe.device.trust;

import java.util.Optional;
import lethe.core.identity.DeviceKey;
import lethe.device.store.DeviceStore;

/**
 * The account that a phone was made a further device of, as its owner carried it from the other device's screen: so no
 * broker can have it take another account for its own.
 */
public final class LinkedAccount {
    private static final String SLOT = "linked";

    private LinkedAccount() {}

    /** The owner has carried this key here; durable on return. Before the phone is told the account's address. */
    public static void keep(DeviceStore store, DeviceKey account) {
        store.slot(SLOT).write(account.bytes());
    }

    /**
     * Which account the phone believes to be its own: the one whose key it holds, or else the one that its owner
     * carried here; empty if neither is known.
     */
    public static Optional<DeviceKey> own(DeviceStore store) {
        return store.identity()
                .account()
                .or(() -> store.slot(SLOT)
                        .read()
                        .filter(bytes -> bytes.length() == DeviceKey.LENGTH)
                        .map(DeviceKey::new));
    }
}
