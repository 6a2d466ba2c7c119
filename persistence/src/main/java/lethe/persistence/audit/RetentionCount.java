package lethe.persistence.audit;

import java.time.Duration;

/**
 * How many rows of a kind there are, and how many of them should not be. A row may be wrong in more than one way, and
 * is overdue once.
 *
 * @param rows of that kind
 * @param oldest age of the oldest; zero without rows
 * @param withoutTtl those that would stay for ever, and must not
 * @param tooOld those that are there after their longest lifetime
 * @param unowned those that belong to no present subscriber and do not go by themselves soon
 * @param overdue those that are any of it
 */
public record RetentionCount(long rows, Duration oldest, long withoutTtl, long tooOld, long unowned, long overdue) {

    static final RetentionCount NONE = new RetentionCount(0, Duration.ZERO, 0, 0, 0, 0);

    /** One row. */
    static RetentionCount of(Duration age, boolean withoutTtl, boolean tooOld, boolean unowned) {
        return new RetentionCount(
                1, age, one(withoutTtl), one(tooOld), one(unowned), one(withoutTtl || tooOld || unowned));
    }

    RetentionCount plus(RetentionCount other) {
        return new RetentionCount(
                rows + other.rows,
                oldest.compareTo(other.oldest) > 0 ? oldest : other.oldest,
                withoutTtl + other.withoutTtl,
                tooOld + other.tooOld,
                unowned + other.unowned,
                overdue + other.overdue);
    }

    private static long one(boolean counts) {
        return counts ? 1 : 0;
    }
}
