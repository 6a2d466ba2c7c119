package lethe.loadtest.simulation;

import lethe.core.identity.MessageId;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ServerFrame;
import lethe.core.queue.Waiting;
import lethe.core.receipt.Receipt;
import org.jspecify.annotations.Nullable;

/**
 * Whoever wants to hear what becomes of a message: a session.
 *
 * @param ref the number of the frame that asked; null if it was not a send
 */
record Watcher(Session session, @Nullable Long ref) {
    void isHeld(Owner by, Waiting<Watcher> waiting) {
        session.tell(
                by,
                new ServerFrame.Held(
                        ref, waiting.envelope().id(), waiting.envelope().expires()));
    }

    void ended(Owner by, Receipt receipt, boolean settle) {
        session.tell(
                by,
                receipt.fallback()
                        ? new ServerFrame.FallbackNow(receipt.id(), receipt.at(), settle)
                        : new ServerFrame.Receipt(receipt.id(), receipt.state(), receipt.at(), settle));
    }

    void refused(Owner by, Problem problem) {
        session.tell(by, new ServerFrame.Refused(ref, problem));
    }

    void unknown(Owner by, MessageId id) {
        session.tell(by, new ServerFrame.Unknown(id));
    }
}
