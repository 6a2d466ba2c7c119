package lethe.broker.subscriber;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import lethe.core.identity.DeviceId;
import lethe.core.identity.SessionId;
import lethe.core.protocol.CloseReason;

/** The sessions of a subscriber's devices: at most one a device. */
final class Sessions {
    private final Map<DeviceId, Attachment> byDevice = new HashMap<>();

    /** The session of a device, live or gone. */
    Optional<Attachment> of(DeviceId device) {
        return Optional.ofNullable(byDevice.get(device));
    }

    /** The live session with this id. */
    Optional<Attachment> live(SessionId session) {
        return byDevice.values().stream()
                .filter(attachment ->
                        attachment.isLive() && attachment.session().equals(session))
                .findFirst();
    }

    boolean isConnected(DeviceId device) {
        Attachment attachment = byDevice.get(device);
        return attachment != null && attachment.isLive();
    }

    /** Whether the device has a session that was opened later than this. */
    boolean isConnectedSince(DeviceId device, Instant opened) {
        Attachment attachment = byDevice.get(device);
        return attachment != null && attachment.isLive() && attachment.opened().isAfter(opened);
    }

    boolean isAnyoneConnected() {
        return byDevice.values().stream().anyMatch(Attachment::isLive);
    }

    /** The device connects; whoever was connected as this device is told to leave. */
    void replace(DeviceId device, Attachment attachment) {
        Attachment former = byDevice.put(device, attachment);
        if (former != null && former.isLive()) {
            former.leave();
            former.phone().tell(new ToSession.Leave(CloseReason.REPLACED));
        }
    }

    /** Lets every phone have what its window allows, after something left the queues. */
    void push() {
        byDevice.values().forEach(Attachment::push);
    }

    void closeAll(CloseReason reason) {
        for (Attachment attachment : byDevice.values()) {
            if (attachment.isLive()) {
                attachment.phone().tell(new ToSession.Leave(reason));
            }
        }
        byDevice.clear();
    }
}
