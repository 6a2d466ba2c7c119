package lethe.device.outbox;

import java.time.Duration;
import java.time.Instant;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.receipt.ReceiptState;
import lethe.device.outbox.Entry.Phase;

/** What becomes of a message by what the broker says of it. */
final class BrokerAnswers {
    private final Journal journal;
    private final Lanes lanes;
    private final Inquiries inquiries;
    private final Endings endings;
    private final Posting posting;
    private final Withdrawals withdrawals;

    BrokerAnswers(
            Journal journal,
            Lanes lanes,
            Inquiries inquiries,
            Endings endings,
            Posting posting,
            Withdrawals withdrawals) {
        this.journal = journal;
        this.lanes = lanes;
        this.inquiries = inquiries;
        this.endings = endings;
        this.posting = posting;
        this.withdrawals = withdrawals;
    }

    /** The broker has custody. */
    void held(Entry entry, Instant expires) {
        if (entry.isInLane() && entry.phase != Phase.HELD) {
            endings.change(entry, new OutboxEvent.Held(entry.id(), expires));
            if (entry.original == null) {
                journal.act(new OutboxAction.TellHeld(entry.id(), expires));
            } else if (entry.original.phase == Phase.COPIED && !entry.original.isSilent()) {
                journal.act(new OutboxAction.TellHeld(entry.original.id(), expires));
            }
        }
    }

    /** The message has ended. If the broker keeps no receipt of that, none is left to settle. */
    void receipt(Entry entry, ReceiptState state, Instant at, boolean settle, Instant now) {
        if (entry.toSettle && !settle) {
            endings.settled(entry);
            return;
        }
        if (!entry.isInLane() || !state.isTerminal()) {
            return;
        }
        if (state == ReceiptState.LOST && !entry.isPastLifetime(now)) {
            offerAnew(entry, settle, now);
        } else {
            endings.end(entry, new Outcome.Receipted(state), at, settle, now);
            inquiries.settle(entry, now);
        }
    }

    /** The broker cannot produce it any more. It is offered anew, after the broker has dropped the receipt. */
    private void offerAnew(Entry entry, boolean settle, Instant now) {
        if (settle) {
            inquiries.settleFirst(entry);
        }
        if (entry.phase == Phase.HELD) {
            journal.write(new OutboxEvent.Unheld(entry.id()));
            lanes.unheld(entry);
        }
        lanes.refused(lanes.of(entry), Duration.ZERO, now);
    }

    /** No copy is left that could go over IP. */
    void fallbackNow(Entry entry, Instant at, boolean settle, Instant now) {
        if (entry.isInLane()) {
            endings.fallBack(entry, at, settle, now);
            inquiries.settle(entry, now);
        }
    }

    /** The broker never heard of it, or has settled it. */
    void unknown(Entry entry, Instant now) {
        if (entry.toSettle) {
            endings.settled(entry);
        } else if (entry.isInLane() && entry.isPastLifetime(now)) {
            endings.end(entry, new Outcome.Receipted(ReceiptState.EXPIRED), now, false, now);
        } else if (entry.phase == Phase.HELD) {
            journal.write(new OutboxEvent.Unheld(entry.id()));
            lanes.unheld(entry);
            lanes.rewind(entry);
        } else if (entry.phase == Phase.UNDER_WAY) {
            lanes.rewind(entry);
        }
    }

    /** The broker does not take it: now, or ever. */
    void refused(Entry entry, Problem problem, Instant now) {
        if (problem.type() == ProblemType.DEVICES_DIFFER
                && !problem.difference().devices().isEmpty()
                && (entry.message.device() == null || entry.original != null)) {
            posting.copyFromOn(entry, problem, now);
            return;
        }
        boolean asSms = entry.isForGateway() && isOfTheGateway(problem.type());
        if (asSms || isForGood(problem.type())) {
            endings.end(entry, new Outcome.Refused(problem), now, false, now);
            if (asSms && entry.original != null) {
                withdrawals.withdrawCopies(entry.original, now);
            }
            return;
        }
        Lane lane = lanes.of(entry);
        if (problem.type() == ProblemType.OUT_OF_ORDER) {
            lane.entries().stream().filter(one -> one.phase == Phase.HELD).forEach(held -> inquiries.watch(held, now));
        }
        Duration retryAfter = problem.retryAfter();
        lanes.refused(lane, retryAfter == null ? Duration.ZERO : retryAfter, now);
    }

    /** Whether a refusal says that nothing of this phone's goes to a gateway. */
    private static boolean isOfTheGateway(ProblemType type) {
        return type == ProblemType.NO_GATEWAY || type == ProblemType.CONSENT_REFUSED;
    }

    /** Whether a refusal is about this very message and will be repeated for ever. */
    private static boolean isForGood(ProblemType type) {
        return switch (type) {
            case NOT_AUTHENTIC, REPLAYED, NO_CONSENT, CONSENT_REFUSED, OUT_OF_TURN -> false; // about this phone
            default -> !type.retryable();
        };
    }
}
