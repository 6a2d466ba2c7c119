package lethe.core.protocol;

import java.util.List;
import lethe.core.identity.DeviceId;

/**
 * What devices a recipient has, and in what way a message that was refused for it knew others. All of it is said of the
 * list that is in force: a sender that goes by it needs no second answer.
 *
 * @param list version of the list
 * @param devices on it
 * @param missing came after the version that the message named
 * @param extra are named by the message and not on the list
 * @param stale are on the list, but under a key that came after the version that the message named
 */
public record Difference(
        long list, List<DeviceId> devices, List<DeviceId> missing, List<DeviceId> extra, List<DeviceId> stale) {
    /** Says nothing. */
    public static final Difference NONE = new Difference(0, List.of(), List.of(), List.of(), List.of());

    public Difference {
        devices = List.copyOf(devices);
        missing = List.copyOf(missing);
        extra = List.copyOf(extra);
        stale = List.copyOf(stale);
    }
}
