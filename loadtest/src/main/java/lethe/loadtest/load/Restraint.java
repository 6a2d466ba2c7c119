package lethe.loadtest.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * How a sender holds back when its broker refuses: it waits as long as it was told and longer with each time in a row,
 * goes on with half as many messages under way as it had, and has twice as many with each that is done.
 */
final class Restraint {
    private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int MOST_DOUBLINGS = 6;

    private final int most;
    private final RandomGenerator random;
    private int allowed;
    private int doublings;

    /**
     * A sender that was not refused yet.
     *
     * @param most messages it ever has under way
     */
    Restraint(int most, RandomGenerator random) {
        this.most = most;
        this.random = random;
        this.allowed = most;
    }

    /** How many messages it may have under way. */
    int allowed() {
        return allowed;
    }

    /**
     * It was refused.
     *
     * @param retryAfter what it was told; zero if nothing
     * @param underWay messages that it had under way
     * @return nanoseconds until it may say anything again; by chance longer than it was told, or all would come at once
     */
    long refused(Duration retryAfter, int underWay) {
        allowed = Math.max(1, Math.min(allowed, underWay) / 2);
        long spread = FIRST_NANOS << Math.min(doublings++, MOST_DOUBLINGS);
        return retryAfter.toNanos() + spread / 2 + random.nextLong(spread / 2 + retryAfter.toNanos() + 1);
    }

    /** A message is done. */
    void done() {
        doublings = 0;
        allowed = Math.min(most, 2 * allowed);
    }
}
