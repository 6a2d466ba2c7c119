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
 * <p>The first bound and a message's way together must stay well below the hold window: else what is late because the
 * broker is busy is stored, which keeps it busier.
 */
final class Lag {
    /** How often something is due on the loop. */
    static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final LongSupplier nanoTime;
    private final long lateNanos;
    private final long veryLateNanos;
    private long due;

    /**
     * A loop that is in time.
     *
     * @param nanoTime a clock as {@link System#nanoTime}
     * @param lateNanos how far behind it may be
     * @param veryLateNanos how far behind it may be with what is not urgent
     */
    Lag(LongSupplier nanoTime, long lateNanos, long veryLateNanos) {
        this.nanoTime = nanoTime;
        this.lateNanos = lateNanos;
        this.veryLateNanos = veryLateNanos;
        caughtUp();
    }

    /** Makes something due on the loop again and again. */
    void watch(ScheduledExecutorService loop) {
        var unused = loop.scheduleWithFixedDelay(this::caughtUp, EVERY_NANOS, EVERY_NANOS, TimeUnit.NANOSECONDS);
    }

    /** The loop has come to what was due; the next is {@link #EVERY_NANOS} away. */
    void caughtUp() {
        due = nanoTime.getAsLong() + EVERY_NANOS;
    }

    /** Whether what was due waits longer than it may, now. */
    boolean isLate() {
        return behind() > lateNanos;
    }

    /** Whether what was due waits longer than anything may, now. */
    boolean isVeryLate() {
        return behind() > veryLateNanos;
    }

    private long behind() {
        return nanoTime.getAsLong() - due;
    }
}
