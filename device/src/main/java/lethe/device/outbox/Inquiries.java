package lethe.device.outbox;

import java.time.Duration;
import java.time.Instant;
import lethe.device.outbox.Entry.Phase;

/** What the broker is asked after, and when again: what has become of messages, and whether receipts are gone. */
final class Inquiries {
    /** How long a broker may take after a deadline before it is asked what it decided. */
    private static final Duration VERDICT = Duration.ofSeconds(2);

    private final OutboxLimits limits;
    private final Journal journal;
    private final Questions questions = new Questions();

    Inquiries(OutboxLimits limits, Journal journal) {
        this.limits = limits;
        this.journal = journal;
    }

    void watch(Entry entry, Instant now) {
        if (journal.isConnected()) {
            entry.askedAt = now;
            questions.watch(entry.message.to(), entry.id());
        }
    }

    /** Settles a receipt if the broker keeps it, and asks after it: only {@code unknown} proves that it is gone. */
    void settle(Entry entry, Instant now) {
        if (journal.isConnected() && entry.toSettle) {
            questions.settle(entry.message.to(), entry.id());
            watch(entry, now);
        }
    }

    /** The receipt of a message that goes on is dropped, before anything else is said of it. */
    void settleFirst(Entry entry) {
        questions.settle(entry.message.to(), entry.id());
        say();
    }

    /** What was gathered. */
    void say() {
        questions.drain(journal::say);
    }

    void disconnected() {
        questions.clear();
    }

    /** Time passes: what has had no answer for too long is asked after again. */
    void tick(Entry entry, Instant now) {
        if (entry.toSettle && entry.wasAskedBefore(now.minus(limits.answer()))) {
            settle(entry, now);
        } else if (entry.phase == Phase.UNDER_WAY && entry.wasAskedBefore(now.minus(limits.answer()))) {
            watch(entry, now);
        } else if (entry.phase == Phase.HELD && entry.wasAskedBefore(staleSince(entry, now))) {
            watch(entry, now);
        }
    }

    /**
     * What was last asked before this is asked again. When a verdict is overdue, that is at once and then often: the
     * recipient's actor may have moved, and does not know then that this phone waits for it. What becomes of an SMS at
     * a gateway may take a day.
     */
    private Instant staleSince(Entry entry, Instant now) {
        Instant deadline = entry.isForGateway() ? null : entry.message.deadline();
        Instant overdue = deadline == null ? Instant.MAX : deadline.plus(VERDICT);
        if (now.isBefore(overdue)) {
            return now.minus(limits.watchAgain());
        }
        Instant answer = now.minus(limits.answer());
        return answer.isBefore(overdue) ? overdue : answer;
    }
}
