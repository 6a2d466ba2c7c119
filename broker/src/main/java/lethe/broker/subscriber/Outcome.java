package lethe.broker.subscriber;

import java.time.Instant;
import lethe.core.identity.MessageId;
import lethe.core.protocol.Problem;
import lethe.core.receipt.Receipt;
import org.jspecify.annotations.Nullable;

/** What a recipient's actor tells whoever sent, or asked for, a message. */
public sealed interface Outcome extends ToSession {
    MessageId id();

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
    record HasEnded(Receipt receipt, boolean settle) implements Outcome {
        @Override
        public MessageId id() {
            return receipt.id();
        }
    }

    /** Nothing is known of it: whoever has custody offers it anew. */
    record IsUnknown(MessageId id) implements Outcome {}

    /** It was not taken; custody stays where it is. */
    record IsRefused(MessageId id, @Nullable Long ref, Problem problem) implements Outcome {}
}
