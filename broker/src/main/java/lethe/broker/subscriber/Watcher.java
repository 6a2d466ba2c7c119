package lethe.broker.subscriber;

import akka.actor.typed.ActorRef;
import lethe.core.identity.MessageId;
import lethe.core.protocol.Problem;
import lethe.core.queue.Waiting;
import lethe.core.receipt.Receipt;
import org.jspecify.annotations.Nullable;

/**
 * Whoever wants to hear what becomes of a message. Lives in memory only: the broker stores no sender.
 *
 * @param to a session, or a waiting HTTP request
 * @param ref the number of the frame that asked; null if it was not a send
 * @param asked when it asked: the last 32 bits of the milliseconds since 1970; 0 if it knows that itself
 */
public record Watcher(ActorRef<Outcome> to, @Nullable Long ref, int asked) {
    /** One who knows when it asked. */
    public Watcher(ActorRef<Outcome> to, @Nullable Long ref) {
        this(to, ref, 0);
    }

    static void held(Waiting<Watcher> waiting) {
        Watcher watcher = waiting.watcher();
        if (watcher != null) {
            watcher.isHeld(waiting);
        }
    }

    void isHeld(Waiting<Watcher> waiting) {
        to.tell(new Outcome.IsHeld(
                waiting.envelope().id(), ref, waiting.envelope().expires()));
    }

    static void ended(Waiting<Watcher> waiting, Receipt receipt, boolean settle) {
        Watcher watcher = waiting.watcher();
        if (watcher != null) {
            watcher.ended(receipt, settle);
        }
    }

    void ended(Receipt receipt, boolean settle) {
        to.tell(new Outcome.HasEnded(receipt, settle, asked));
    }

    void refused(MessageId id, Problem problem) {
        to.tell(new Outcome.IsRefused(id, ref, problem));
    }

    void unknown(MessageId id) {
        to.tell(new Outcome.IsUnknown(id, asked));
    }
}
