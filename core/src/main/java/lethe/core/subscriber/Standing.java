package lethe.core.subscriber;

import lethe.core.queue.Waiting;
import lethe.core.receipt.Receipt;

/** What a subscriber knows of a message id. */
public sealed interface Standing<W> {
    record IsWaiting<W>(Waiting<W> waiting) implements Standing<W> {}

    /**
     * It has ended.
     *
     * @param settle whether the receipt is kept until it is settled
     */
    record HasEnded<W>(Receipt receipt, boolean settle) implements Standing<W> {}

    /** Never heard of, or forgotten: the sender offers it anew. */
    record IsUnknown<W>() implements Standing<W> {}
}
