package lethe.core.subscriber;

import java.util.List;
import java.util.Optional;
import lethe.core.account.Account;
import lethe.core.account.Device;
import lethe.core.identity.DeviceId;
import lethe.core.protocol.Difference;
import org.jspecify.annotations.Nullable;

/**
 * Which device of a subscriber a message is for.
 *
 * @param device null for the only one
 * @param list the version of the list that the sender goes by; null if it knows none
 */
public record Addressee(@Nullable DeviceId device, @Nullable Long list) {
    /** The only device, whichever it is. */
    public static final Addressee ONLY = new Addressee(null, null);

    public static Addressee of(@Nullable DeviceId device, @Nullable Long list) {
        return device == null && list == null ? ONLY : new Addressee(device, list);
    }

    /** The device; empty if the account has another list than the sender goes by, or not this device. */
    Optional<Device> in(Account account) {
        List<Device> devices = account.list().devices();
        if (list != null && list != account.list().version()) {
            return Optional.empty();
        }
        if (device != null) {
            return account.list().find(device);
        }
        return devices.size() == 1 ? Optional.of(devices.get(0)) : Optional.empty();
    }

    /** What the sender does not know. */
    Difference differenceTo(Account account) {
        List<DeviceId> all = account.list().devices().stream().map(Device::id).toList();
        long known = list == null || list > account.list().version() ? 0 : list;
        List<DeviceId> named = device == null ? List.of() : List.of(device);
        return new Difference(
                account.list().version(),
                all,
                all.stream()
                        .filter(id -> account.since(id) > known && !named.contains(id))
                        .toList(),
                named.stream().filter(id -> !all.contains(id)).toList(),
                named.stream().filter(id -> account.since(id) > known).toList());
    }
}
