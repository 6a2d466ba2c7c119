package lethe.persistence.fence;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives every write of one claim its timestamp, in microseconds: rising, and above all that was observed in a row.
 *
 * <p>Cassandra lets the higher timestamp win. The row that an incarnation deletes may have been written on a node whose
 * clock is ahead; so time is not enough.
 */
final class WriteClock {

    private static final long MICROS_PER_MILLI = 1000;

    private final Clock clock;
    private final AtomicLong last = new AtomicLong();

    WriteClock(Clock clock) {
        this.clock = clock;
    }

    /** Later writes will lie above this timestamp. */
    void observe(long timestamp) {
        last.accumulateAndGet(timestamp, Math::max);
    }

    /** The timestamp for one write. */
    long next() {
        var now = clock.millis() * MICROS_PER_MILLI;
        return last.updateAndGet(latest -> Math.max(latest + 1, now));
    }
}
