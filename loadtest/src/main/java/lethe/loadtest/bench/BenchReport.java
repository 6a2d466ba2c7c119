package lethe.loadtest.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a bench measured.
 *
 * @param messages that ended as delivered while it measured
 * @param otherEnds messages that ended in another way: 0, or the figures mean nothing
 * @param brokerTime user and system time of the broker's process meanwhile
 * @param latencies from handing a message to the sender's device to hearing that it was delivered
 */
public record BenchReport(
        BenchPlan plan, long messages, long otherEnds, Duration took, Duration brokerTime, Latencies latencies) {
    /** For a line of JSON. */
    public Map<String, Object> figures() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("bench", "pairs");
        line.put("pairs", plan.pairs());
        line.put("body_bytes", plan.bodyBytes());
        line.put("seconds", rounded(took.toMillis() / 1e3));
        line.put("messages", messages);
        line.put("other_ends", otherEnds);
        line.put("msg_per_s", rounded(messages * 1e3 / Math.max(1, took.toMillis())));
        line.put("broker_cpu_ms_per_1000", rounded(brokerTime.toMillis() * 1e3 / Math.max(1, messages)));
        line.put("p50_us", latencies.percentile(0.5));
        line.put("p99_us", latencies.percentile(0.99));
        return line;
    }

    private static double rounded(double figure) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.1f", figure));
    }
}
