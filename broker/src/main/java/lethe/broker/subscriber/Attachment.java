package lethe.broker.subscriber;

import akka.actor.typed.ActorRef;
import java.time.Instant;
import java.util.Optional;
import lethe.core.identity.DeviceId;
import lethe.core.identity.SessionId;
import lethe.core.queue.Waiting;
import lethe.core.queue.Window;

/**
 * A device's session, and the window through which it gets its messages. Stays known after the session has gone, so
 * that the next one can say up to where it had them.
 */
final class Attachment {
    private final DeviceId device;
    private final SessionId session;
    private final Instant opened;
    private final ActorRef<ToSession> phone;
    private final Window<Watcher> window;
    private boolean live = true;
    private boolean drainedTold;

    Attachment(DeviceId device, SessionId session, Instant opened, ActorRef<ToSession> phone, Window<Watcher> window) {
        this.device = device;
        this.session = session;
        this.opened = opened;
        this.phone = phone;
        this.window = window;
    }

    DeviceId device() {
        return device;
    }

    SessionId session() {
        return session;
    }

    /** When the phone opened the connection. */
    Instant opened() {
        return opened;
    }

    ActorRef<ToSession> phone() {
        return phone;
    }

    Window<Watcher> window() {
        return window;
    }

    boolean isLive() {
        return live;
    }

    void leave() {
        live = false;
    }

    /** A new envelope: it goes out behind what waits. */
    void offer(Waiting<Watcher> waiting) {
        window.append(waiting);
        push();
    }

    /** Gives out what the phone's credit allows, and says once when the backlog is through. */
    void push() {
        if (!live) {
            return;
        }
        for (Optional<Window.Offer<Watcher>> next = window.next(); next.isPresent(); next = window.next()) {
            Window.Offer<Watcher> offer = next.get();
            phone.tell(new ToSession.Offered(offer.seq(), offer.waiting().envelope()));
        }
        if (!drainedTold && window.isDrained()) {
            drainedTold = true;
            phone.tell(new ToSession.Drained());
        }
    }
}
