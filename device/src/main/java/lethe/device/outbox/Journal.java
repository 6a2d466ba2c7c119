package lethe.device.outbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import lethe.core.protocol.ClientFrame;

/**
 * What the outbox has decided and nobody has done yet: each event is folded in at once and is to be written; what else
 * is to be done waits beside it, in order.
 */
final class Journal {
    private final Entries entries = new Entries();
    private final List<OutboxAction> actions = new ArrayList<>();
    private long lastRef;
    private boolean connected;

    /** Folds in what was written in the phone's last life. */
    void recover(Collection<OutboxEvent> history) {
        history.forEach(entries::apply);
    }

    /** What all events so far fold into. */
    Entries entries() {
        return entries;
    }

    void write(OutboxEvent event) {
        entries.apply(event);
        actions.add(new OutboxAction.Write(event));
    }

    /** Something to be done once all is written. */
    void act(OutboxAction action) {
        actions.add(action);
    }

    /** To the broker; nothing if there is no session. */
    void say(ClientFrame frame) {
        if (connected) {
            actions.add(new OutboxAction.Say(frame));
        }
    }

    /** A fresh number for a frame that may be refused. */
    long nextRef() {
        return ++lastRef;
    }

    boolean isConnected() {
        return connected;
    }

    void connected() {
        connected = true;
    }

    /** What was still to be said is not. */
    void disconnected() {
        connected = false;
        actions.removeIf(OutboxAction.Say.class::isInstance);
    }

    /** All that is to be done; afterwards it is taken as done. */
    List<OutboxAction> drain() {
        List<OutboxAction> all = List.copyOf(actions);
        actions.clear();
        return all;
    }
}
