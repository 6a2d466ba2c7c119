package lethe.persistence.hygiene;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the settings of one Cassandra node should be, by the names of cassandra.yaml since 4.1.
 *
 * @param settings as the table {@code system_views.settings} has them
 * @param longestHints how long hints may be kept for a node that is away
 */
record ServerRules(Map<String, String> settings, Duration longestHints) {
    static final long COMMIT_LOG_MEBIBYTES = 256;
    static final long SEGMENT_MEBIBYTES = 8;

    /** Before Cassandra answers a write. */
    private static final Set<String> SYNCED = Set.of("group", "batch");

    private static final Pattern AMOUNT = Pattern.compile("(\\d+)\\s*([A-Za-z]*)");
    private static final long UNBOUNDED = Long.MAX_VALUE;

    ServerRules {
        settings = Map.copyOf(settings);
    }

    /** What to change, in the order of the manual; none when all is well. */
    List<String> advice() {
        var advice = new ArrayList<String>();
        off(advice, "auto_snapshot", "a table that is dropped or truncated stays on disk");
        off(advice, "incremental_backups", "what was flushed stays on disk when it is deleted");
        off(advice, "snapshot_before_compaction", "what compaction drops stays on disk");
        off(advice, "cdc_enabled", "the commit log is kept for a reader that Lethe has not");
        hints(advice);
        atMost(advice, "commitlog_total_space", COMMIT_LOG_MEBIBYTES, "deleted rows stay in the commit log");
        atMost(advice, "commitlog_segment_size", SEGMENT_MEBIBYTES, "a segment goes as a whole");
        neverSaved(advice, "key_cache");
        neverSaved(advice, "row_cache");
        if (value("slow_query_log_timeout")
                .filter(amount -> number(amount) == 0)
                .isEmpty()) {
            advice.add("set slow_query_log_timeout: 0ms; slow statements are logged with the keys they ask for");
        }
        if (settings.getOrDefault("dump_heap_on_uncaught_exception", "false").equals("true")) {
            advice.add("set dump_heap_on_uncaught_exception: false; a heap dump is a copy of what is stored");
        }
        if (value("commitlog_sync").filter(SYNCED::contains).isEmpty()) {
            advice.add("set commitlog_sync: group, or batch; what was called held in the last seconds is lost with the"
                    + " power of all replicas");
        }
        return List.copyOf(advice);
    }

    private void off(List<String> advice, String name, String why) {
        if (value(name).filter("false"::equals).isEmpty()) {
            advice.add("set " + name + ": false; " + why);
        }
    }

    private void hints(List<String> advice) {
        var off = value("hinted_handoff_enabled").filter("false"::equals).isPresent();
        var window = value("max_hint_window").map(ServerRules::seconds).orElse(UNBOUNDED);
        if (!off && window >= longestHints.toSeconds()) {
            advice.add("set hinted_handoff_enabled: false, or max_hint_window below " + longestHints.toHours()
                    + "h; hints outlive the rows they are copies of");
        }
    }

    private void atMost(List<String> advice, String name, long mebibytes, String why) {
        if (value(name).map(ServerRules::mebibytes).orElse(UNBOUNDED) > mebibytes) {
            advice.add("set " + name + ": " + mebibytes + "MiB or less; " + why);
        }
    }

    private void neverSaved(List<String> advice, String cache) {
        var empty = value(cache + "_size").filter(size -> number(size) == 0).isPresent();
        var saved = value(cache + "_save_period").map(ServerRules::number).orElse(UNBOUNDED);
        if (!empty && saved != 0) {
            advice.add("set " + cache + "_save_period: 0s; the cache is copied to disk, and names subscribers");
        }
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    /** 0 only where it says so. */
    private static long number(String amount) {
        var parts = AMOUNT.matcher(amount);
        return parts.matches() ? Long.parseLong(parts.group(1)) : UNBOUNDED;
    }

    private static long seconds(String amount) {
        return scaled(amount, Map.of("ms", 0.001, "s", 1.0, "m", 60.0, "h", 3_600.0, "d", 86_400.0));
    }

    private static long mebibytes(String amount) {
        var mebibyte = 1_048_576.0;
        return scaled(amount, Map.of("B", 1 / mebibyte, "KiB", 1 / 1_024.0, "MiB", 1.0, "GiB", 1_024.0));
    }

    private static long scaled(String amount, Map<String, Double> units) {
        var parts = AMOUNT.matcher(amount);
        if (!parts.matches() || !units.containsKey(parts.group(2))) {
            return UNBOUNDED;
        }
        return (long) Math.ceil(Long.parseLong(parts.group(1)) * units.get(parts.group(2)));
    }
}
