package lethe.gatling.phone;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The time from the first to the last of something that many phones do. Any thread may mark it. */
public final class Span {
    private static final long UNMARKED = Long.MIN_VALUE;

    private final AtomicLong first = new AtomicLong(UNMARKED);
    private final AtomicLong last = new AtomicLong(UNMARKED);

    /** Now. */
    public void mark() {
        long now = System.nanoTime();
        first.compareAndSet(UNMARKED, now);
        last.accumulateAndGet(now, Math::max);
    }

    /** Zero if nothing was marked. */
    public Duration length() {
        return Duration.ofNanos(last.get() - first.get());
    }

    /** How many in a second, if that many fell into this span; 0 if it has no length. */
    public long perSecond(int number) {
        long nanos = length().toNanos();
        return nanos == 0 ? 0 : Math.round(number * 1e9 / nanos);
    }
}
