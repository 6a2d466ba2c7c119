package lethe.loadtest.simulation;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The clock of one node or phone: simulated time, and as far off as the run wants it. */
final class DriftingClock extends Clock {
    private final Timeline timeline;
    private long ahead;

    DriftingClock(Timeline timeline) {
        this.timeline = timeline;
    }

    /** From now on it is so many microseconds ahead; behind, if negative. */
    void set(long micros) {
        ahead = micros;
    }

    @Override
    public Instant instant() {
        return timeline.instant(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** The simulation knows one zone. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
