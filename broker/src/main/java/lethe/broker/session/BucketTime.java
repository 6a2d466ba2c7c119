package lethe.broker.session;

import io.github.bucket4j.TimeMeter;
import java.time.Clock;

/** The broker's clock as token buckets read it: to the millisecond, in nanoseconds. */
record BucketTime(Clock clock) implements TimeMeter {
    private static final long NANOS_PER_MILLI = 1_000_000L;

    @Override
    public long currentTimeNanos() {
        return clock.millis() * NANOS_PER_MILLI;
    }

    @Override
    public boolean isWallClockBased() {
        return true;
    }
}
