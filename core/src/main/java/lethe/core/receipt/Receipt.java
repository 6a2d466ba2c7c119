package lethe.core.receipt;

import java.time.Instant;
import lethe.core.identity.MessageId;

/**
 * The content-free record of what became of a message.
 *
 * @param id the message
 * @param state a terminal state
 * @param at when it ended, to the millisecond
 * @param fallback whether the sender's device shall now send it as an SMS; only with {@link ReceiptState#REVOKED} and
 *     {@link ReceiptState#REJECTED}
 * @param fingerprint of the envelope ({@link Fingerprint}), so that the id cannot be used for another message
 */
public record Receipt(MessageId id, ReceiptState state, Instant at, boolean fallback, long fingerprint) {
    public Receipt {
        if (!state.isTerminal()) {
            throw new IllegalArgumentException("a receipt records an end");
        }
        if (fallback && state != ReceiptState.REVOKED && state != ReceiptState.REJECTED) {
            throw new IllegalArgumentException("only a message that did not go over IP falls back");
        }
    }
}
