package lethe.loadtest.load;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link FloodRun} measured.
 *
 * @param target its name
 * @param version the target's
 * @param before without the flood
 * @param during with it
 * @param floodPerSecond requests that it was to ask
 * @param flood what came of it while it was measured
 * @param tally of the whole run
 */
public record FloodReport(
        String target,
        String version,
        LoadPlan plan,
        Stretch before,
        Stretch during,
        int floodPerSecond,
        FloodCount flood,
        Tally tally) {
    /** Live messages may take so many times as long. */
    private static final double MOST_TIMES = 2;

    private static final double QUANTILE = 99;

    private double times() {
        return (double) during.latencies().getValueAtPercentile(QUANTILE)
                / Math.max(1, before.latencies().getValueAtPercentile(QUANTILE));
    }

    /** Whether all that was taken came, each once and in order, and hardly later than without the flood. */
    public boolean passed() {
        return tally.isSound() && during.messages() > 0 && flood.limited() > 0 && times() <= MOST_TIMES;
    }

    /** For a line of JSON. */
    public Map<String, @Nullable Object> figures() {
        Map<String, @Nullable Object> line = plan.figures("flood", target, version);
        line.put("flood_rate", floodPerSecond);
        line.put(
                "flood_asked_per_s",
                Stretch.rounded(flood.asked() * 1e9 / during.took().toNanos()));
        line.put("flood_limited", flood.limited());
        line.put("flood_failed", flood.failed());
        line.put("before_p50_us", before.latencies().getValueAtPercentile(50));
        line.put("before_p99_us", before.latencies().getValueAtPercentile(QUANTILE));
        line.put("p99_times", Stretch.rounded(times()));
        line.putAll(during.figures());
        line.putAll(tally.figures());
        return line;
    }
}
