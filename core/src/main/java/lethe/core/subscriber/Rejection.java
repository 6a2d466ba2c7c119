package lethe.core.subscriber;

import java.time.Instant;
import lethe.core.fallback.Fallback;
import lethe.core.queue.Envelope;
import lethe.core.receipt.Receipt;
import lethe.core.receipt.ReceiptState;

/** The end of a message to somebody who does not take it. Not opted in, opted out and unknown look the same. */
public final class Rejection {
    private Rejection() {}

    /** A message with a fallback falls back at once: there is nothing to wait for. */
    public static Receipt of(Envelope envelope, Instant now) {
        boolean fallback = envelope.fallback() != Fallback.NONE;
        return new Receipt(envelope.id(), ReceiptState.REJECTED, now, fallback, envelope.fingerprint());
    }
}
