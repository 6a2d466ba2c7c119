package lethe.broker.loops;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How far behind an event loop is with its work: how long something waits there that was due.
 *
 * <p>What has been taken in can only be carried out or lost. So when a loop falls behind, the way to keep what is under
 * way in time is to refuse what is new, aloud, until the loop has caught up. Used on that loop.
 *
 * <p>A loop that was stopped for the collector is not behind: it has work for as long as the stop, and refusing would
 * not shorten that. So neither a stop counts nor the time to catch up; unless stops take so much of the time that they
 * are what it cannot bear. How far behind is too far for anything is another matter: there a stop counts.
 *
 * <p>The first bound and a message's way together must stay well below the hold window: else what is late because the
 * broker is busy is stored, which keeps it busier.
 */
final class Lag {
    /** How often something is due on the loop. */
    static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** Three quarters busy with what comes in, it has one left for what came in during a stop. */
    private static final int CATCHING_UP = 3;

    /** Of all the time, what is excused at most, and of that what may come at once. */
    private static final int ONE_IN = 5;

    private static final long MOST_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final LongSupplier nanoTime;
    private final LongSupplier stopped;
    private final long lateNanos;
    private final long veryLateNanos;
    private long due;
    private long stoppedBefore;
    private long excusedUntil;
    private long patience = MOST_PATIENCE_NANOS;
    private long patienceAt;

    /**
     * A loop that is in time.
     *
     * @param nanoTime a clock as {@link System#nanoTime}
     * @param stopped for how many nanoseconds all threads have been stopped, in all
     * @param lateNanos how far behind it may be
     * @param veryLateNanos how far behind it may be with what is not urgent
     */
    Lag(LongSupplier nanoTime, LongSupplier stopped, long lateNanos, long veryLateNanos) {
        this.nanoTime = nanoTime;
        this.stopped = stopped;
        this.lateNanos = lateNanos;
        this.veryLateNanos = veryLateNanos;
        excusedUntil = nanoTime.getAsLong();
        patienceAt = excusedUntil;
        stoppedBefore = stopped.getAsLong();
        caughtUp();
    }

    /** Makes something due on the loop again and again. */
    void watch(ScheduledExecutorService loop) {
        var unused = loop.scheduleWithFixedDelay(this::caughtUp, EVERY_NANOS, EVERY_NANOS, TimeUnit.NANOSECONDS);
    }

    /** The loop has come to what was due; the next is {@link #EVERY_NANOS} away. */
    void caughtUp() {
        long now = nanoTime.getAsLong();
        excuse(now);
        due = now + EVERY_NANOS;
    }

    /** Whether what was due waits longer than it may, now. */
    boolean isLate() {
        long now = nanoTime.getAsLong();
        if (now - due <= lateNanos) {
            return false;
        }
        due += excuse(now);
        return now - due > lateNanos && now - excusedUntil > 0;
    }

    /** Whether what was due waits longer than anything may, now. */
    boolean isVeryLate() {
        return nanoTime.getAsLong() - due > veryLateNanos;
    }

    /** Counts a stop once, as soon as it is noticed; answers how long it was, or 0 if it is not excused. */
    private long excuse(long now) {
        long stop = stopped.getAsLong() - stoppedBefore;
        if (stop <= 0) {
            return 0;
        }
        stoppedBefore += stop;
        patience = Math.min(MOST_PATIENCE_NANOS, patience + (now - patienceAt) / ONE_IN);
        patienceAt = now;
        long excused = (1 + CATCHING_UP) * stop;
        if (excused > patience) {
            return 0;
        }
        patience -= excused;
        excusedUntil = now + CATCHING_UP * stop;
        return stop;
    }
}
