package lethe.loadtest.load;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lethe.loadtest.process.Usage;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What was done in a stretch of time, and what it cost.
 *
 * @param messages done
 * @param broker what the broker's processes used; null if nobody knows them
 * @param store what the processes of its store used; null if it has none, or nobody knows them
 * @param driver what this process used
 * @param latencies in microseconds
 * @param admitted the same, but of a message that was refused from when it was sent for the last time
 */
public record Stretch(
        long messages,
        Duration took,
        @Nullable Usage broker,
        @Nullable Usage store,
        Usage driver,
        Histogram latencies,
        Histogram admitted) {
    /** All that the meters of a run have counted. */
    static Stretch of(List<Meter> meters, Duration took, @Nullable Usage broker, @Nullable Usage store, Usage driver) {
        Histogram all = Meter.histogram();
        meters.forEach(meter -> meter.addTo(all));
        Histogram admitted = Meter.histogram();
        meters.forEach(meter -> meter.addAdmittedTo(admitted));
        long messages = meters.stream().mapToLong(Meter::done).sum();
        return new Stretch(messages, took, broker, store, driver, all, admitted);
    }

    /** Both together, as if the other had followed at once. */
    Stretch andThen(Stretch other) {
        Histogram all = latencies.copy();
        all.add(other.latencies);
        Histogram bothAdmitted = admitted.copy();
        bothAdmitted.add(other.admitted);
        return new Stretch(
                messages + other.messages,
                took.plus(other.took),
                andThen(broker, other.broker),
                andThen(store, other.store),
                driver.andThen(other.driver),
                all,
                bothAdmitted);
    }

    /** What the same messages cost in this and then in another stretch, with the other's latencies. */
    Stretch thenTheSame(Stretch other) {
        Stretch both = andThen(other);
        return new Stretch(
                other.messages, both.took, both.broker, both.store, both.driver, other.latencies, other.admitted);
    }

    private static @Nullable Usage andThen(@Nullable Usage one, @Nullable Usage other) {
        return one == null || other == null ? null : one.andThen(other);
    }

    public double messagesPerSecond() {
        return messages * 1e9 / Math.max(1, took.toNanos());
    }

    /** For a line of JSON. */
    public Map<String, @Nullable Object> figures() {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("messages", messages);
        line.put("msg_per_s", rounded(messagesPerSecond()));
        line.put("broker_cpu_ms_per_1000", broker == null ? null : perThousand(broker.processor()));
        line.put("broker_user_ms_per_1000", broker == null ? null : perThousand(broker.user()));
        line.put("broker_system_ms_per_1000", broker == null ? null : perThousand(broker.system()));
        line.put("store_cpu_ms_per_1000", store == null ? null : perThousand(store.processor()));
        line.put("driver_cpu_ms_per_1000", perThousand(driver.processor()));
        line.put("p50_us", latencies.getValueAtPercentile(50));
        line.put("p99_us", latencies.getValueAtPercentile(99));
        line.put("p999_us", latencies.getValueAtPercentile(99.9));
        line.put("max_us", latencies.getMaxValue());
        line.put("admitted_p50_us", admitted.getValueAtPercentile(50));
        line.put("admitted_p99_us", admitted.getValueAtPercentile(99));
        line.put("rss_mb", broker == null ? null : broker.residentBytes() / 1_000_000);
        line.put("disk_bytes_per_msg", broker == null ? null : perMessage(writtenBytes()));
        return line;
    }

    /** By the broker and its store. */
    private long writtenBytes() {
        return (broker == null ? 0 : broker.writtenBytes()) + (store == null ? 0 : store.writtenBytes());
    }

    private double perThousand(Duration time) {
        return rounded(time.toNanos() / 1e6 * 1e3 / Math.max(1, messages));
    }

    private double perMessage(long bytes) {
        return rounded((double) bytes / Math.max(1, messages));
    }

    static double rounded(double figure) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.1f", figure));
    }
}
