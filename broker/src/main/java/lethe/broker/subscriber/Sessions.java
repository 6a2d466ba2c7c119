package lethe.broker.subscriber;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lethe.core.identity.DeviceId;
import lethe.core.identity.SessionId;
import lethe.core.protocol.CloseReason;
import lethe.core.queue.Waiting;

/** The sessions of a subscriber's devices: at most one a device, and so few that a list is searched fastest. */
final class Sessions {
    private final List<Attachment> attachments = new ArrayList<>(1);
    private final Present.Place place;

    Sessions(Present.Place place) {
        this.place = place;
    }

    /** The session of a device, live or gone. */
    Optional<Attachment> of(DeviceId device) {
        for (Attachment attachment : attachments) {
            if (attachment.device().equals(device)) {
                return Optional.of(attachment);
            }
        }
        return Optional.empty();
    }

    /** The live session with this id. */
    Optional<Attachment> live(SessionId session) {
        for (Attachment attachment : attachments) {
            if (attachment.isLive() && attachment.session().equals(session)) {
                return Optional.of(attachment);
            }
        }
        return Optional.empty();
    }

    boolean isConnected(DeviceId device) {
        Optional<Attachment> attachment = of(device);
        return attachment.isPresent() && attachment.get().isLive();
    }

    boolean isAnyoneConnected() {
        for (Attachment attachment : attachments) {
            if (attachment.isLive()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Offers a new envelope to the device's session.
     *
     * @return whether it has a live one
     */
    boolean offer(DeviceId device, Waiting<Watcher> waiting) {
        Optional<Attachment> attachment = of(device);
        if (attachment.isEmpty() || !attachment.get().isLive()) {
            return false;
        }
        attachment.get().offer(waiting);
        return true;
    }

    /** The device connects; whoever was connected as this device is told to leave. */
    void replace(Attachment attachment) {
        Optional<Attachment> former = of(attachment.device());
        if (former.isPresent()) {
            attachments.remove(former.get());
            if (former.get().isLive()) {
                former.get().leave();
                former.get().phone().tell(new ToSession.Leave(CloseReason.REPLACED));
            }
        }
        attachments.add(attachment);
        place.take(true);
    }

    /** A session has gone. */
    void leave(Attachment attachment) {
        attachment.leave();
        place.take(isAnyoneConnected());
    }

    /** Lets every phone have what its window allows, after something left the queues. */
    void push() {
        for (Attachment attachment : attachments) {
            attachment.push();
        }
    }

    /** Nothing has happened for a while: the windows give back the room that a burst took. */
    void release() {
        for (Attachment attachment : attachments) {
            attachment.window().release();
        }
    }

    void tellAll(ToSession message) {
        for (Attachment attachment : attachments) {
            if (attachment.isLive()) {
                attachment.phone().tell(message);
            }
        }
    }

    /** The device is the subscriber's no longer. */
    void close(DeviceId device, CloseReason reason) {
        Optional<Attachment> attachment = of(device);
        if (attachment.isPresent()) {
            if (attachment.get().isLive()) {
                attachment.get().phone().tell(new ToSession.Leave(reason));
            }
            leave(attachment.get());
            attachments.remove(attachment.get());
        }
    }

    void closeAll(CloseReason reason) {
        for (Attachment attachment : attachments) {
            if (attachment.isLive()) {
                attachment.phone().tell(new ToSession.Leave(reason));
            }
        }
        attachments.clear();
        gone();
    }

    /** The subscriber's actor ends. */
    void gone() {
        place.take(false);
    }
}
