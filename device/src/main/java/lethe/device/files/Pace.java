package lethe.device.files;

import java.time.Duration;
import java.time.Instant;

/** How fast chunks leave: half as fast after each refusal, and faster again as long as there is none. */
final class Pace {
    /** Steps that may be made up for when the phone was late. */
    private static final int CATCH_UP = 3;
    /** Steps without a refusal after which the gap shrinks by a quarter. */
    private static final int EASE = 8;
    /** Refusals that come together are one. */
    private static final Duration TOGETHER = Duration.ofSeconds(1);

    private final Duration leastGap;
    private final Duration mostGap;
    private Duration gap;
    private Instant free = Instant.MIN;
    private Instant lastRefusal = Instant.MIN;
    private int steps;

    Pace(Duration leastGap, Duration mostGap) {
        this.leastGap = leastGap;
        this.mostGap = mostGap;
        this.gap = leastGap;
    }

    boolean isFree(Instant now) {
        return !free.isAfter(now);
    }

    /** When the next step may be taken. */
    Instant free() {
        return free;
    }

    void step(Instant now) {
        boolean late = free.isAfter(now.minus(gap.multipliedBy(CATCH_UP)));
        free = (late ? free : now).plus(gap);
        steps++;
        if (steps == EASE) {
            steps = 0;
            Duration shorter = gap.multipliedBy(3).dividedBy(4);
            gap = shorter.compareTo(leastGap) < 0 ? leastGap : shorter;
        }
    }

    void refused(Duration pause, Instant now) {
        if (lastRefusal.isBefore(now.minus(TOGETHER))) {
            Duration longer = gap.multipliedBy(2);
            gap = longer.compareTo(mostGap) > 0 ? mostGap : longer;
            lastRefusal = now;
        }
        steps = 0;
        free = later(free, now.plus(pause).plus(gap));
    }

    static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
