package lethe.persistence.hygiene;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the options of Lethe's tables should be. They are set when a table is created, so a setting that was changed
 * later is not in them.
 *
 * @param keyspace of the tables
 * @param gcGrace the setting
 * @param retention the setting
 */
record TableRules(String keyspace, Duration gcGrace, Duration retention) {
    /** Whose rows go by themselves, unless they say when. */
    private static final Set<String> PASSING = Set.of("subscriber", "due");

    /** Whose rows must stay until they are deleted. */
    private static final Set<String> LASTING = Set.of("incarnation", "due_progress", "journal", "snapshot", "policy");

    /** Of a table that holds nothing of any subscriber. */
    private static final String VERSION = "schema_version";

    /** What to change of the keyspace; none when all is well. */
    List<String> advice(boolean durableWrites) {
        return durableWrites
                ? List.of()
                : List.of("ALTER KEYSPACE " + keyspace + " WITH durable_writes = true; what was called held, and who"
                        + " opted in, is lost with the replicas' memory");
    }

    /** What to change of a table; none when all is well. */
    List<String> advice(TableOptions table) {
        var advice = new ArrayList<String>();
        if (table.name().equals(VERSION)) {
            return advice;
        }
        if (table.gcGrace().compareTo(gcGrace) > 0) {
            alter(
                    advice,
                    table,
                    "gc_grace_seconds = " + gcGrace.toSeconds(),
                    "it remembers who was deleted for longer");
        }
        if (PASSING.contains(table.name()) && !table.lifetime().equals(retention)) {
            alter(
                    advice,
                    table,
                    "default_time_to_live = " + retention.toSeconds(),
                    "lethe.store.retention does not apply to a table that exists");
        }
        if (LASTING.contains(table.name()) && !table.lifetime().isZero()) {
            alter(advice, table, "default_time_to_live = 0", "its rows must stay until Lethe deletes them");
        }
        if (table.cachesRows()) {
            alter(
                    advice,
                    table,
                    "caching = {'keys': 'ALL', 'rows_per_partition': 'NONE'}",
                    "copies of rows outlive them in memory");
        }
        if (table.capturesChanges()) {
            alter(advice, table, "cdc = false", "its commit log is kept for a reader that Lethe has not");
        }
        return advice;
    }

    private void alter(List<String> advice, TableOptions table, String option, String why) {
        advice.add("ALTER TABLE " + keyspace + "." + table.name() + " WITH " + option + "; " + why);
    }
}
