package lethe.broker.subscriber;

import java.time.Instant;
import lethe.core.identity.MessageId;
import lethe.core.protocol.Problem;
import lethe.core.receipt.Receipt;
import lethe.core.receipt.ReceiptState;
import org.jspecify.annotations.Nullable;

/** What a recipient's actor tells whoever sent, or asked for, a message. */
public sealed interface Outcome extends ToSession {
    MessageId id();

    /** When the question was put ({@link Watcher#asked}), of an outcome that may be a denial. */
    default int asked() {
        return 0;
    }

    /**
     * Whether it says no more than that nothing is known, or that nothing is taken: what is heard of nobody, so that
     * how long it took must not tell whether there is somebody.
     */
    default boolean isDenial() {
        return false;
    }

    /**
     * It is in the broker's custody.
     *
     * @param ref of the frame that asked; null if it was not a send
     */
    record IsHeld(MessageId id, @Nullable Long ref, Instant expires) implements Outcome {}

    /**
     * It ended.
     *
     * @param settle whether the receipt is kept until it is settled
     */
    record HasEnded(Receipt receipt, boolean settle, int asked) implements Outcome {
        @Override
        public MessageId id() {
            return receipt.id();
        }

        @Override
        public boolean isDenial() {
            return receipt.state() == ReceiptState.REJECTED;
        }
    }

    /** Nothing is known of it: whoever has custody offers it anew. */
    record IsUnknown(MessageId id, int asked) implements Outcome {
        @Override
        public boolean isDenial() {
            return true;
        }
    }

    /** It was not taken; custody stays where it is. */
    record IsRefused(MessageId id, @Nullable Long ref, Problem problem) implements Outcome {}
}
