package lethe.persistence.hygiene;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each setting that keeps copies is named, with what to set instead. */
class ServerRulesTest {
    private static final Map<String, String> CLEAN = Map.ofEntries(
            Map.entry("auto_snapshot", "false"),
            Map.entry("incremental_backups", "false"),
            Map.entry("snapshot_before_compaction", "false"),
            Map.entry("cdc_enabled", "false"),
            Map.entry("hinted_handoff_enabled", "false"),
            Map.entry("max_hint_window", "3h"),
            Map.entry("commitlog_total_space", "256MiB"),
            Map.entry("commitlog_segment_size", "8MiB"),
            Map.entry("key_cache_size", "8MiB"),
            Map.entry("key_cache_save_period", "0"),
            Map.entry("row_cache_size", "0MiB"),
            Map.entry("row_cache_save_period", "0s"),
            Map.entry("slow_query_log_timeout", "0ms"),
            Map.entry("dump_heap_on_uncaught_exception", "false"),
            Map.entry("commitlog_sync", "group"));

    @Test
    void hasNothingToSayWhenAllIsWell() {
        assertThat(advice(CLEAN)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "auto_snapshot, true, set auto_snapshot: false",
        "incremental_backups, true, set incremental_backups: false",
        "snapshot_before_compaction, true, set snapshot_before_compaction: false",
        "cdc_enabled, true, set cdc_enabled: false",
        "commitlog_total_space, 8192MiB, set commitlog_total_space: 256MiB or less",
        "commitlog_total_space, 1GiB, set commitlog_total_space: 256MiB or less",
        "commitlog_total_space, unreadable, set commitlog_total_space: 256MiB or less",
        "commitlog_segment_size, 32MiB, set commitlog_segment_size: 8MiB or less",
        "key_cache_save_period, 14400, set key_cache_save_period: 0s",
        "key_cache_save_period, 4h, set key_cache_save_period: 0s",
        "slow_query_log_timeout, 500ms, set slow_query_log_timeout: 0ms",
        "dump_heap_on_uncaught_exception, true, set dump_heap_on_uncaught_exception: false",
        "commitlog_sync, periodic, 'set commitlog_sync: group, or batch'",
    })
    void saysWhatToSet(String name, String value, String advice) {
        assertThat(advice(with(name, value))).singleElement().asString().startsWith(advice + "; ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"262144KiB", "268435456B", "64MiB"})
    void takesASmallCommitLogInAnyUnit(String space) {
        assertThat(advice(with("commitlog_total_space", space))).isEmpty();
    }

    @Test
    void takesACommitLogThatIsSyncedForEachWrite() {
        assertThat(advice(with("commitlog_sync", "batch"))).isEmpty();
    }

    @Test
    void takesHintsThatGoBeforeTheRows() {
        assertThat(advice(with("hinted_handoff_enabled", "true"))).isEmpty();
    }

    @Test
    void refusesHintsThatOutliveTheRows() {
        var settings = new HashMap<>(with("hinted_handoff_enabled", "true"));
        settings.put("max_hint_window", "8d");
        assertThat(advice(settings)).singleElement().asString().contains("max_hint_window below 168h");
    }

    @Test
    void takesACacheThatIsNotThere() {
        assertThat(advice(with("row_cache_save_period", "14400"))).isEmpty();
    }

    /** Cassandra leaves it to the size of the disk: gibibytes. */
    @Test
    void doesNotTakeAnUnsetCommitLogForASmallOne() {
        var settings = new HashMap<>(CLEAN);
        settings.remove("commitlog_total_space");
        assertThat(advice(settings)).singleElement().asString().contains("commitlog_total_space");
    }

    private static Map<String, String> with(String name, String value) {
        var settings = new HashMap<>(CLEAN);
        settings.put(name, value);
        return settings;
    }

    private static List<String> advice(Map<String, String> settings) {
        return new ServerRules(settings, Duration.ofDays(7)).advice();
    }
}
