package lethe.loadtest.simulation;

import java.time.Duration;
import java.util.Optional;
import lethe.core.protocol.ServerFrame;
import lethe.core.queue.Envelope;
import lethe.core.queue.Waiting;
import lethe.core.queue.Window;

/**
 * A device's session as its owner has it. Stays known after the session has gone, so that the next one can resume it.
 */
final class Attachment {
    private final Owner owner;
    private final Session session;
    private final Window<Watcher> window;
    private boolean live = true;

    Attachment(Owner owner, Session session, Window<Watcher> window) {
        this.owner = owner;
        this.session = session;
        this.window = window;
    }

    Session session() {
        return session;
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

    void offer(Waiting<Watcher> waiting) {
        window.append(waiting);
        push();
    }

    /** Gives out what the phone's credit allows. */
    void push() {
        if (!live) {
            return;
        }
        for (Optional<Window.Offer<Watcher>> next = window.next(); next.isPresent(); next = window.next()) {
            Envelope envelope = next.get().waiting().envelope();
            session.tell(
                    owner,
                    new ServerFrame.Deliver(
                            next.get().seq(), envelope.id(), Duration.ZERO, envelope.urgency(), envelope.body()));
        }
    }
}
