package lethe.persistence.fence;

import java.util.concurrent.atomic.LongAdder;

/**
 * How much of what was stored could not be given back, since this process started. Numbers, of all subscribers
 * together. Safe for use by many threads.
 *
 * <p>Counted each time that a subscriber is loaded: what is lost counts again if its subscriber is loaded again before
 * a save has dealt with it.
 */
public final class Losses {
    private final LongAdder envelopes = new LongAdder();
    private final LongAdder receipts = new LongAdder();

    /** Envelopes that could not be opened any more. Their senders are told, and send them again. */
    public long envelopes() {
        return envelopes.sum();
    }

    /** Receipts that were changed in the store, and not believed. */
    public long receipts() {
        return receipts.sum();
    }

    void add(int lostEnvelopes, int lostReceipts) {
        envelopes.add(lostEnvelopes);
        receipts.add(lostReceipts);
    }
}
