package lethe.device.outbox;

import java.time.Duration;
import java.time.Instant;
import lethe.core.fallback.Fallback;
import lethe.core.receipt.ReceiptState;
import lethe.device.outbox.Entry.Phase;
import lethe.device.sms.SmsResult;

/** What becomes of a message by time alone: where only this phone has it, this phone decides. */
final class Ageing {
    private final OutboxLimits limits;
    private final Journal journal;
    private final Inquiries inquiries;
    private final Endings endings;
    private final Posting posting;

    Ageing(OutboxLimits limits, Journal journal, Inquiries inquiries, Endings endings, Posting posting) {
        this.limits = limits;
        this.journal = journal;
        this.inquiries = inquiries;
        this.endings = endings;
        this.posting = posting;
    }

    void tick(Entry entry, Instant now) {
        if (endings.isLostAtModem(entry, now)) {
            endings.smsEnded(entry, SmsResult.UNKNOWN, now);
        } else if (entry.phase == Phase.UNSEALED) {
            tickUnsealed(entry, now);
        } else if (entry.phase == Phase.WAITING && isWithNobody(entry)) {
            tickUnoffered(entry, now);
        } else if (endings.waitsForEnvelopes(entry)) {
            tickSealed(entry, now);
        } else {
            inquiries.tick(entry, now);
        }
    }

    /** A copy of what was offered before it needed copies is not: under its own id a device may have got it. */
    private static boolean isWithNobody(Entry entry) {
        return !entry.isOffered() && (entry.original == null || !entry.original.isOffered());
    }

    /** Nobody else has a copy: this phone decides alone. */
    private void tickUnoffered(Entry entry, Instant now) {
        if (entry.message.terms().fallback() == Fallback.DEVICE && entry.message.isPastDeadline(now)) {
            endings.fallBack(entry, now, false, now);
        } else if (!journal.isConnected() && entry.message.isPastTtl(now)) {
            endings.end(entry, new Outcome.Receipted(ReceiptState.EXPIRED), now, false, now);
        }
    }

    /** As the others; but it ends also while connected, for nobody else knows of it. */
    private void tickUnsealed(Entry letter, Instant now) {
        tickUnoffered(letter, now);
        if (letter.phase == Phase.UNSEALED && isPastSealing(letter, now)) {
            endings.end(letter, new Outcome.Receipted(ReceiptState.EXPIRED), now, false, now);
        }
    }

    /** It has envelopes, and may wait for more: not beyond its time. */
    private void tickSealed(Entry letter, Instant now) {
        if (Copies.areInVain(letter)
                && !letter.revokeAsked
                && letter.message.terms().fallback() == Fallback.DEVICE
                && letter.message.isPastDeadline(now)) {
            endings.toModem(letter, false, now);
        } else if (isPastSealing(letter, now)) {
            posting.giveUp(letter, Copies.owed(letter), now);
            endings.waitNoLonger(letter, now);
        }
    }

    private boolean isPastSealing(Entry letter, Instant now) {
        Duration ttl = letter.message.terms().ttl();
        Duration life = ttl == null ? Terms.USUAL_TTL : ttl;
        boolean soon = journal.isConnected() && life.compareTo(limits.answer()) < 0;
        return !now.isBefore(letter.message.at().plus(soon ? limits.answer() : life));
    }
}
