package lethe.persistence.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** Counts rows by their kind as they are read. Used by one thread at a time. */
final class Tally {

    private final Lifetimes lifetimes;
    private final Instant now;
    private final Map<AuditedKind, RetentionCount> counts = new EnumMap<>(AuditedKind.class);

    Tally(Lifetimes lifetimes, Instant now) {
        this.lifetimes = lifetimes;
        this.now = now;
    }

    Instant now() {
        return now;
    }

    /** A row that goes by itself when its time has come, if nobody deletes it before. */
    void count(AuditedKind kind, Instant writtenAt, boolean ends) {
        add(kind, writtenAt, ends, lifetimes.isTooOld(kind, writtenAt, now), false);
    }

    /** A row that belongs to no present subscriber; it may be one that just begins. */
    void countUnowned(AuditedKind kind, Instant writtenAt, boolean ends) {
        add(kind, writtenAt, ends, lifetimes.isTooOld(kind, writtenAt, now), Lifetimes.isPast(writtenAt, now));
    }

    /** A row that somebody should have dealt with at a time. */
    void countUntil(AuditedKind kind, Instant until, Instant writtenAt, boolean ends) {
        var tooOld = lifetimes.isTooOld(kind, writtenAt, now) || Lifetimes.isPast(until, now);
        add(kind, writtenAt, ends, tooOld, false);
    }

    private void add(AuditedKind kind, Instant writtenAt, boolean ends, boolean tooOld, boolean unowned) {
        var age = Duration.between(writtenAt, now);
        var withoutTtl = !ends && lifetimes.mustEnd(kind);
        counts.merge(
                kind,
                RetentionCount.of(age.isNegative() ? Duration.ZERO : age, withoutTtl, tooOld, unowned),
                RetentionCount::plus);
    }

    void add(Tally other) {
        other.counts.forEach((kind, count) -> counts.merge(kind, count, RetentionCount::plus));
    }

    RetentionReport report() {
        return new RetentionReport(now, counts);
    }
}
