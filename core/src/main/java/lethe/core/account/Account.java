package lethe.core.account;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lethe.core.identity.DeviceId;
import lethe.core.identity.DeviceKey;
import org.jspecify.annotations.Nullable;

/**
 * Whose address it is: a key, and the devices that it lists.
 *
 * @param key Ed25519 (RFC 8032); stays the same for the account's whole life
 * @param list the devices now
 * @param since for each of them, the version of the list with which it came under its present key
 * @param pin spares its owner's next account the waiting; null if none was set
 */
public record Account(
        DeviceKey key,
        DeviceList list,
        Map<DeviceId, Long> since,
        @Nullable Pin pin) {
    /** An account without a PIN. */
    public Account(DeviceKey key, DeviceList list, Map<DeviceId, Long> since) {
        this(key, list, since, null);
    }

    /**
     * An account as it is kept.
     *
     * @throws IllegalArgumentException if it is not known since when the account has one of its devices
     */
    public Account {
        since = Map.copyOf(since);
        for (Device device : list.devices()) {
            if (!since.containsKey(device.id())) {
                throw new IllegalArgumentException("every device came with some version");
            }
        }
    }

    /** An account that nothing was known of: all its devices came with this list. */
    public static Account of(DeviceKey key, DeviceList list) {
        Map<DeviceId, Long> since = new HashMap<>();
        list.devices().forEach(device -> since.put(device.id(), list.version()));
        return new Account(key, list, since);
    }

    /** The same account under a newer list. */
    public Account with(DeviceList newer) {
        Map<DeviceId, Long> known = new HashMap<>();
        for (Device device : newer.devices()) {
            known.put(device.id(), list.contains(device) ? since(device.id()) : newer.version());
        }
        return new Account(key, newer, known, pin);
    }

    /** The same account with this PIN; null for none. */
    public Account withPin(@Nullable Pin other) {
        return new Account(key, list, since, other);
    }

    /** The version of the list with which a device came under its present key; 0 for none of its devices. */
    public long since(DeviceId device) {
        return since.getOrDefault(device, 0L);
    }

    /** Devices that this account has, and the other one does not have under the same key. */
    public List<DeviceId> without(Account other) {
        boolean same = key.equals(other.key);
        return list.devices().stream()
                .filter(device -> !same || !other.list.contains(device))
                .map(Device::id)
                .toList();
    }
}
