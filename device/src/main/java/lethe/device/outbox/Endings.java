package lethe.device.outbox;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import lethe.core.fallback.Fallback;
import lethe.core.identity.MessageId;
import lethe.core.receipt.ReceiptState;
import lethe.device.outbox.Entry.Phase;
import lethe.device.sms.SmsResult;

/** How messages end, or fall back to an SMS; who is told; and when they are forgotten. */
final class Endings {
    private final OutboxLimits limits;
    private final Journal journal;
    private final Lanes lanes;
    private final Sealings sealings;

    Endings(OutboxLimits limits, Journal journal, Lanes lanes, Sealings sealings) {
        this.limits = limits;
        this.journal = journal;
        this.lanes = lanes;
        this.sealings = sealings;
    }

    void end(Entry entry, Outcome outcome, Instant at, boolean settle, Instant now) {
        change(entry, new OutboxEvent.Ended(entry.id(), outcome, at, settle));
        sealings.dropUnwanted(entry);
        tellEnded(entry, outcome, at, now);
    }

    /** An SMS, unless it is none of this phone's, or a copy for another device may still go over IP. */
    void fallBack(Entry entry, Instant at, boolean settle, Instant now) {
        if (entry.message.terms().fallback() != Fallback.DEVICE || entry.original != null) {
            end(entry, new Outcome.Receipted(ReceiptState.REVOKED), at, settle, now);
        } else {
            toModem(entry, settle, now);
        }
    }

    void toModem(Entry entry, boolean settle, Instant now) {
        change(entry, new OutboxEvent.SmsStarted(entry.id(), now, settle));
        sealings.dropUnwanted(entry);
        if (entry.message.sms() != null) {
            journal.act(new OutboxAction.HandToModem(entry.id(), entry.message.sms()));
        }
    }

    /** The modem has answered. */
    void smsEnded(Entry entry, SmsResult result, Instant now) {
        if (entry.phase == Phase.AT_MODEM) {
            end(entry, new Outcome.BySms(result), now, false, now);
        }
    }

    /** Time passes: the modem may take too long. */
    boolean isLostAtModem(Entry entry, Instant now) {
        return entry.phase == Phase.AT_MODEM && entry.smsAt != null && !now.isBefore(entry.smsAt.plus(limits.modem()));
    }

    /** An end is durable: whoever has to hear of it does. */
    void tellEnded(Entry entry, Outcome outcome, Instant at, Instant now) {
        if (entry.original != null) {
            conclude(entry.original, at, now);
            return;
        }
        offerOverdue(entry, now);
        if (entry.isSilent()) {
            told(entry.id());
        } else {
            journal.act(new OutboxAction.TellEnded(entry.id(), outcome, at));
        }
    }

    /** One device got a message, and it became no SMS: the others get it too, however late. */
    private void offerOverdue(Entry message, Instant now) {
        if (!message.message.isPastTtl(now)) {
            for (Entry copy : Copies.overdue(message)) {
                journal.write(Objects.requireNonNull(copy.copied).withoutDeadline(copy.message.body()));
                lanes.add(message.copies.get(message.copies.size() - 1));
            }
        }
    }

    /** A copy has ended, or there will be no more of them: so may have ended what they are copies of. */
    void conclude(Entry original, Instant at, Instant now) {
        Copies.owed(original).forEach(device -> sealings.add(new Sealings.Need(original, Set.of(device), 1)));
        if (original.phase == Phase.COPIED) {
            Copies.verdict(original, sealings.isWaitedFor(original)).ifPresent(verdict -> {
                if (verdict instanceof Copies.Verdict.Ends ends) {
                    end(original, ends.outcome(), at, false, now);
                } else {
                    toModem(original, false, now);
                }
            });
        } else {
            offerOverdue(original, now);
            forgetIfDone(original);
        }
    }

    /** Whether there are copies of it, and are to be more. */
    boolean waitsForEnvelopes(Entry entry) {
        return (entry.phase == Phase.COPIED || entry.phase == Phase.OVER) && sealings.isWaitedFor(entry);
    }

    /** What a letter has no envelopes for by now, it goes without. */
    void waitNoLonger(Entry letter, Instant now) {
        sealings.drop(letter);
        conclude(letter, now, now);
    }

    /** The application knows how the message ended. */
    void told(MessageId id) {
        Entry entry = journal.entries().find(id);
        if (entry != null && entry.phase == Phase.OVER) {
            entry.told = true;
            forgetIfDone(entry);
        }
    }

    void settled(Entry entry) {
        journal.write(new OutboxEvent.Settled(entry.id()));
        forgetIfDone(entry);
    }

    void forgetIfDone(Entry entry) {
        if (entry.original != null) {
            forgetIfDone(entry.original);
        } else if (journal.entries().find(entry.id()) != null
                && entry.told
                && entry.isDone()
                && Copies.owed(entry).isEmpty()
                && !sealings.isWaitedFor(entry)
                && entry.copies.stream().allMatch(Entry::isDone)) {
            journal.write(new OutboxEvent.Forgotten(entry.id()));
        }
    }

    /** Writes an event after which a message may have left its lane. */
    void change(Entry entry, OutboxEvent event) {
        Phase from = entry.phase;
        boolean inLane = entry.isInLane();
        journal.write(event);
        if (inLane) {
            lanes.answered(entry, from);
        }
    }
}
