package lethe.core.subscriber;

import lethe.core.identity.DeviceId;
import lethe.core.protocol.Problem;
import lethe.core.queue.Waiting;
import lethe.core.receipt.Receipt;

/** What a subscriber says to an envelope that is offered to it. */
public sealed interface Admission<W> {
    /** It waits in memory now; its end will be told. */
    record Admitted<W>(DeviceId device, Waiting<W> waiting) implements Admission<W> {}

    /** It waits already, under the same id with the same body: nothing changed but who is told. */
    record AlreadyWaiting<W>(Waiting<W> waiting) implements Admission<W> {}

    /**
     * It has ended: earlier, or right now.
     *
     * @param settle whether the receipt is kept until it is settled
     */
    record Over<W>(Receipt receipt, boolean settle) implements Admission<W> {}

    /** It may not enter; custody stays with the sender. */
    record Refused<W>(Problem problem) implements Admission<W> {}
}
