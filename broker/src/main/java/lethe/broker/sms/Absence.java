package lethe.broker.sms;

import java.time.Duration;
import java.time.Instant;

/**
 * When a gateway that cannot be reached is tried again: after a second, then twice that each time, up to half a minute.
 * Safe for use by many threads.
 */
final class Absence {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Instant until = Instant.MIN;
    private Duration next = FIRST;

    /** How long it is left alone; zero if it is not. */
    synchronized Duration left(Instant now) {
        return now.isBefore(until) ? Duration.between(now, until) : Duration.ZERO;
    }

    /** It could not be reached. Of many who find that out at once, the first counts. */
    synchronized void noticed(Instant now) {
        if (!now.isBefore(until)) {
            until = now.plus(next);
            next = next.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : next.multipliedBy(2);
        }
    }

    /** It could be reached. */
    synchronized void over() {
        until = Instant.MIN;
        next = FIRST;
    }
}
