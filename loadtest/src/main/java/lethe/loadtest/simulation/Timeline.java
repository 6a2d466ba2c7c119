package lethe.loadtest.simulation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Simulated time in microseconds, and what is to happen when: one thing after the other, the earliest first, of two at
 * the same time the one that was planned first.
 */
final class Timeline {
    static final long MILLI = 1_000;
    static final long SECOND = 1_000 * MILLI;

    private static final Instant BEGIN = Instant.parse("2026-11-22T12:00:00Z");
    private static final long PRIME = 0x100000001b3L;

    private final PriorityQueue<Planned> planned =
            new PriorityQueue<>(Comparator.comparingLong(Planned::at).thenComparingLong(Planned::number));
    private long now;
    private long lastNumber;
    private long steps;
    private long digest;

    private record Planned(long at, long number, Runnable what) {}

    long now() {
        return now;
    }

    /** As a clock shows it that is right, but for so many microseconds. */
    Instant instant(long ahead) {
        return BEGIN.plus(now + ahead, ChronoUnit.MICROS);
    }

    void after(long micros, Runnable what) {
        planned.add(new Planned(now + Math.max(0, micros), ++lastNumber, what));
    }

    /** Lets the next thing happen. There always is one: phones look at the time. */
    void step() {
        Planned next = planned.remove();
        now = next.at();
        steps++;
        note(next.at() * PRIME + next.number());
        next.what().run();
    }

    long steps() {
        return steps;
    }

    /** Something that happened, for the digest. */
    void note(long what) {
        digest = (digest ^ what) * PRIME;
    }

    /** Of all that happened, and when. */
    long digest() {
        return digest;
    }
}
