package lethe.loadtest.compare;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One measurement of one broker, or the medians of several.
 *
 * @param part of the comparison
 * @param broker its name
 * @param figures by name
 */
public record Run(Part part, String broker, int pairs, Map<String, Double> figures) {
    /** The parts of a comparison. */
    public enum Part {
        /** Each pair sends the next message when it has the receipt of the last. */
        CLOSED,
        /** At half of the broker's own best rate. */
        HALF,
        /** To recipients that are away, and then come. */
        OFFLINE
    }

    public Run {
        figures = new TreeMap<>(figures);
    }

    /**
     * Takes the numbers out of a report.
     *
     * @param report anything by name
     */
    static Run of(Part part, String broker, int pairs, Map<String, ?> report) {
        Map<String, Double> figures = new TreeMap<>();
        report.forEach((name, value) -> {
            if (value instanceof Number number) {
                figures.put(name, number.doubleValue());
            }
        });
        return new Run(part, broker, pairs, figures);
    }

    /** NaN if it was not measured. */
    double figure(String name) {
        return figures.getOrDefault(name, Double.NaN);
    }

    /** In short, for who waits. */
    String line() {
        String cost = part == Part.OFFLINE
                ? cost("stored_", " stored") + cost("drained_", " drained")
                : cost("", "") + "  p99 " + Column.number(figure("p99_us") / 1e3) + " ms";
        return String.format(Locale.ROOT, "%-7s  %-9s  %6s pairs%s", part, broker, Column.count(pairs), cost);
    }

    private String cost(String prefix, String done) {
        return String.format(
                Locale.ROOT,
                "  %s CPU ms / 1,000%s, %s msg/s",
                Column.number(figure(prefix + "broker_cpu_ms_per_1000")),
                done,
                Column.number(figure(prefix + "msg_per_s")));
    }
}
