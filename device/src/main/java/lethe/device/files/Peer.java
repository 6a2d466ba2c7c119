package lethe.device.files;

import lethe.core.identity.DeviceId;
import lethe.core.identity.Tag;

/** One device of somebody. It does not print. */
public record Peer(Tag tag, DeviceId device) {
    @Override
    public String toString() {
        return "Peer[***]";
    }
}
