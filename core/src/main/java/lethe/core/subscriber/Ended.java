package lethe.core.subscriber;

import lethe.core.fallback.Fallback;
import lethe.core.queue.Waiting;
import lethe.core.receipt.Receipt;
import lethe.core.receipt.ReceiptState;

/** A waiting envelope and the receipt that it ends with. */
public record Ended<W>(Waiting<W> waiting, Receipt receipt) {
    /**
     * Whether the end must be durable before anybody hears of it: the envelope was in the broker's custody, or an SMS
     * hangs on it. An acknowledged message with a fallback counts as well: forgotten in a crash and sent again, it
     * could end a second time, as an SMS. So does one that was withdrawn: forgotten in a crash and sent again, it could
     * come behind those that were sent after it.
     */
    public boolean mustPersist() {
        return waiting.isStored()
                || waiting.envelope().fallback() != Fallback.NONE
                || receipt.state() == ReceiptState.REVOKED;
    }
}
