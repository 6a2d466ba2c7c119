package lethe.registrar.verifier;

import java.time.Duration;
import java.time.Instant;

/** Counts what happens in a minute, up to a bound. Not safe for use by many threads. */
final class MinuteCount {
    static final Duration MINUTE = Duration.ofMinutes(1);

    private final int most;
    private Instant begun = Instant.EPOCH;
    private int count;

    MinuteCount(int most) {
        this.most = most;
    }

    /** Whether one more may be; it then counts. */
    boolean take(Instant now) {
        if (!now.isBefore(begun.plus(MINUTE))) {
            begun = now;
            count = 0;
        }
        if (count >= most) {
            return false;
        }
        count++;
        return true;
    }

    /** How long until the next minute begins. */
    Duration left(Instant now) {
        return Duration.between(now, begun.plus(MINUTE));
    }
}
