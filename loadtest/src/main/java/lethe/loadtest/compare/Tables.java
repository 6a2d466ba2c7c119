package lethe.loadtest.compare;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import lethe.loadtest.compare.Run.Part;

/** The results as text for people, in Markdown. */
final class Tables {
    private static final String OWN = "lethe";

    private final Results results;

    private Tables(Results results) {
        this.results = results;
    }

    /**
     * All tables.
     *
     * @param chart where the chart is, seen from the text
     */
    static String of(Results results, String chart) {
        Tables tables = new Tables(results);
        return tables.opening(chart)
                + tables.part(Part.CLOSED, "%s pairs, one message under way in each", tables.closed())
                + tables.part(Part.HALF, "%s pairs, at half of each broker's own best rate", tables.half())
                + tables.part(
                        Part.OFFLINE,
                        "%s pairs, " + ComparePlan.WAITING + " messages wait for each recipient until it comes",
                        tables.offline())
                + tables.failures();
    }

    private String opening(String chart) {
        Machine machine = results.machine();
        String measured = String.format(
                Locale.ROOT,
                "Measured on %s: %s, %d cores shared with the load driver, %s, %s.\nTo repeat it:\n\n```sh\n%s\n```\n",
                results.date(),
                machine.processor(),
                machine.cores(),
                machine.kernel(),
                machine.java(),
                results.command());
        boolean drawn = !results.pairs(Part.CLOSED).isEmpty();
        return drawn ? measured + "\n![" + Chart.TITLE + "](" + chart + ")\n" : measured;
    }

    /** One table for each count of pairs. */
    private String part(Part part, String heading, List<Column> columns) {
        return results.pairs(part).stream()
                .map(pairs -> "\n### " + String.format(Locale.ROOT, heading, Column.count(pairs)) + "\n\n"
                        + Column.table(columns, results.medians(part, pairs)))
                .collect(Collectors.joining());
    }

    private String failures() {
        String told = results.failures().stream()
                .map(failure -> "- " + failure + "\n")
                .collect(Collectors.joining());
        return told.isEmpty()
                ? ""
                : "\nFailures; whoever fails is measured once more, and left out if that fails too:\n\n" + told;
    }

    private List<Column> closed() {
        return List.of(
                broker(),
                Column.figure("CPU ms / 1,000", "broker_cpu_ms_per_1000"),
                Column.figure("its store's", "store_cpu_ms_per_1000"),
                Column.figure("msg/s", "msg_per_s"),
                Column.millis("p50 ms", "p50_us"),
                Column.millis("p99 ms", "p99_us"),
                Column.figure("bytes written / message", "disk_bytes_per_msg"),
                Column.figure("RSS MB", "rss_mb"));
    }

    private List<Column> half() {
        return List.of(
                broker(),
                Column.figure("msg/s", "msg_per_s"),
                Column.millis("p50 ms", "p50_us"),
                Column.millis("p99 ms", "p99_us"),
                Column.figure("CPU ms / 1,000", "broker_cpu_ms_per_1000"));
    }

    private List<Column> offline() {
        return List.of(
                broker(),
                Column.figure("CPU ms / 1,000 stored", "stored_broker_cpu_ms_per_1000"),
                Column.figure("its store's", "stored_store_cpu_ms_per_1000"),
                Column.figure("stored/s", "stored_msg_per_s"),
                Column.figure("bytes written / stored", "stored_disk_bytes_per_msg"),
                Column.figure("CPU ms / 1,000 drained", "drained_broker_cpu_ms_per_1000"),
                Column.figure("its store's", "drained_store_cpu_ms_per_1000"),
                Column.figure("drained/s", "drained_msg_per_s"),
                Column.figure("bytes written / drained", "drained_disk_bytes_per_msg"));
    }

    private Column broker() {
        return new Column("broker", run -> {
            String shown = run.broker() + " " + results.versions().getOrDefault(run.broker(), "");
            return run.broker().equals(OWN) ? "**" + shown.strip() + "**" : shown.strip();
        });
    }
}
