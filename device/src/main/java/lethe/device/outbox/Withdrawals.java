package lethe.device.outbox;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lethe.core.protocol.ClientFrame;
import lethe.core.receipt.ReceiptState;
import lethe.device.outbox.Entry.Phase;

/** What the owner wants back: at once if no broker was offered it, else as the broker says. */
final class Withdrawals {
    private final Journal journal;
    private final Inquiries inquiries;
    private final Endings endings;
    private final Map<Long, Entry> asked = new LinkedHashMap<>();

    Withdrawals(Journal journal, Inquiries inquiries, Endings endings) {
        this.journal = journal;
        this.inquiries = inquiries;
        this.endings = endings;
    }

    /** The owner wants a message back, or it is a copy of what the owner wants back. */
    boolean revoke(Entry entry, Instant now) {
        if (!entry.isOpen()) {
            return false;
        }
        if (entry.phase == Phase.COPIED) {
            if (!entry.revokeAsked) {
                journal.write(new OutboxEvent.RevokeAsked(entry.id()));
            }
            List.copyOf(entry.copies).forEach(copy -> revoke(copy, now));
            endings.conclude(entry, now, now); // it may have waited for envelopes only
        } else if (!entry.isOffered()) {
            endings.end(entry, new Outcome.Receipted(ReceiptState.REVOKED), now, false, now);
        } else if (!entry.revokeAsked) {
            journal.write(new OutboxEvent.RevokeAsked(entry.id()));
            if (journal.isConnected() && entry.phase != Phase.WAITING) {
                ask(entry);
            }
        }
        return true;
    }

    /**
     * The copy of a message that has the capsule was refused. Its owner did not want it without, so the others are
     * taken back, as far as no device has one.
     */
    void withdrawCopies(Entry message, Instant now) {
        if (message.phase == Phase.COPIED) {
            List.copyOf(message.copies).forEach(copy -> revoke(copy, now));
            endings.waitNoLonger(message, now);
        }
    }

    /** Asks the broker for a message if its owner wants it back. */
    void ask(Entry entry) {
        if (entry.revokeAsked) {
            long ref = journal.nextRef();
            asked.put(ref, entry);
            journal.say(new ClientFrame.Revoke(ref, entry.message.to(), entry.id()));
        }
    }

    /** The broker refused a frame. If it was one of these, it has told how the message ended, or is to tell. */
    void refused(long ref, Instant now) {
        Entry entry = asked.remove(ref);
        if (entry != null && entry.isInLane()) {
            inquiries.watch(entry, now);
        }
    }

    void disconnected() {
        asked.clear();
    }
}
