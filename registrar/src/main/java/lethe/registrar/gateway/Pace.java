package lethe.registrar.gateway;

import java.time.Duration;
import java.time.Instant;

/**
 * How long to leave a centre alone that is busy: pauses that double, until it takes something. Safe for many threads.
 */
final class Pace {
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(8);

    private Duration pause = FIRST;
    private Instant next = Instant.EPOCH;

    /** How long until something may be sent; zero if it may now. */
    synchronized Duration left(Instant now) {
        Duration left = Duration.between(now, next);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** It is busy. Those that were on their way at once count once. */
    synchronized void busy(Instant now) {
        if (!now.isBefore(next)) {
            next = now.plus(pause);
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        }
    }

    synchronized void taken() {
        pause = FIRST;
    }
}
