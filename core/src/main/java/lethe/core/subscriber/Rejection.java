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
        return of(envelope, envelope.fallback() != Fallback.NONE, now);
    }

    /**
     * The end of a message to a device that is its subscriber's no longer. It does not become an SMS either: that would
     * reach whoever has the number by now, or come beside what another device of the subscriber gets.
     */
    public static Receipt forGood(Envelope envelope, Instant now) {
        return of(envelope, false, now);
    }

    private static Receipt of(Envelope envelope, boolean fallback, Instant now) {
        return new Receipt(envelope.id(), ReceiptState.REJECTED, now, fallback, envelope.fingerprint());
    }
}
