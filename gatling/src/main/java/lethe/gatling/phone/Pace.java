package lethe.gatling.phone;

import java.time.Duration;

/**
 * When one phone means to send: at fixed intervals, whether or not the broker keeps up. Who is late is late: the time
 * of a message counts from when it was due, so that a stall of the broker shows in every message that it delays.
 */
final class Pace {
    /** What the timers of a simulation may add. */
    private static final long TICK = Duration.ofMillis(5).toNanos();

    private final long interval;
    private long due;

    /**
     * Not begun.
     *
     * @param interval between two messages
     */
    Pace(Duration interval) {
        this.interval = interval.toNanos();
    }

    /**
     * Begins.
     *
     * @param first when the first message is due, by {@link System#nanoTime}
     */
    void begin(long first) {
        due = first;
    }

    /** How long until the next message is due; zero if it is late. */
    Duration untilDue(long now) {
        return Duration.ofNanos(Math.max(0, due - now));
    }

    /**
     * The next message goes out now. Answers from when its time counts: a message that is late by less than a tick of
     * the simulation's own timers, which are coarse, is on time.
     */
    long take(long now) {
        long late = now - due;
        long since = late < TICK ? now : due;
        due += interval;
        return since;
    }
}
