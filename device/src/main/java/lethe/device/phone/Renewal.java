package lethe.device.phone;

import java.util.concurrent.atomic.AtomicBoolean;
import lethe.core.protocol.CloseReason;
import lethe.device.DeviceEvent;

/**
 * The policy was raised, and the phone is off: whether its owner is asked anew. Nothing is fetched before the owner
 * says so, as at the first time. Safe for use by many threads.
 */
final class Renewal {
    private final Screen screen;
    private final boolean asks;
    private final AtomicBoolean asked = new AtomicBoolean();

    /**
     * Nothing has happened yet.
     *
     * @param asks whether somebody answers questions here
     */
    Renewal(Screen screen, boolean asks) {
        this.screen = screen;
        this.asks = asks;
    }

    /** A session has ended: asks if it did for want of a consent. */
    void after(DeviceEvent.Disconnected disconnected) {
        if (asks && disconnected.retry() == null && disconnected.code() == CloseReason.NO_CONSENT.code()) {
            asked.set(true);
            screen.ask("Fetch the policy in force now, to read it and agree anew? [y/N]");
        }
    }

    /** Whether a question stands. */
    boolean isAsking() {
        return asked.get();
    }

    /** Whether the line that comes is the answer. Once for each question. */
    boolean takes(String line) {
        return asked.getAndSet(false) && !line.startsWith("/");
    }
}
