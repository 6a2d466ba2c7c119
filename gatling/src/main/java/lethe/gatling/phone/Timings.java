package lethe.gatling.phone;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How long what took, over all phones, in microseconds up to an hour. Any thread may count. */
public final class Timings {
    private static final int DIGITS = 3;
    private static final long LONGEST = TimeUnit.HOURS.toMicros(1);

    private final String prefix;
    private final Histogram connected = new ConcurrentHistogram(LONGEST, DIGITS);
    private final Histogram held = new ConcurrentHistogram(LONGEST, DIGITS);
    private final Histogram delivered = new ConcurrentHistogram(LONGEST, DIGITS);

    /**
     * Nothing counted yet.
     *
     * @param prefix of the figures' names
     */
    public Timings(String prefix) {
        this.prefix = prefix;
    }

    /** From opening a socket to {@code welcome}. */
    void connected(long nanos) {
        count(connected, nanos);
    }

    /** From when a message was meant to be sent to {@code held}. */
    void held(long nanos) {
        count(held, nanos);
    }

    /** From when a message was meant to be sent to its receipt. */
    void delivered(long nanos) {
        count(delivered, nanos);
    }

    private static void count(Histogram histogram, long nanos) {
        histogram.recordValue(Math.min(LONGEST, Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos))));
    }

    /** The percentiles of what was counted, if anything was. */
    public Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        add(figures, prefix + "connect_", connected);
        add(figures, prefix + "held_", held);
        add(figures, prefix, delivered);
        return figures;
    }

    private static void add(Map<String, Object> figures, String prefix, Histogram histogram) {
        if (histogram.getTotalCount() > 0) {
            figures.put(prefix + "p50_us", histogram.getValueAtPercentile(50));
            figures.put(prefix + "p99_us", histogram.getValueAtPercentile(99));
            figures.put(prefix + "p999_us", histogram.getValueAtPercentile(99.9));
            figures.put(prefix + "max_us", histogram.getMaxValue());
        }
    }
}
