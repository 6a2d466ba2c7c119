package lethe.persistence.hygiene;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import lethe.persistence.cassandra.CassandraSettings;
import lethe.persistence.cassandra.Database;
import lethe.persistence.cassandra.Schema;
import lethe.persistence.local.SharedCassandra;
import lethe.persistence.local.TestConfig;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;
import org.scalatestplus.junit.JUnitSuite;

/** A real Cassandra and its tables are looked at; the local one has what forgetting asks for. */
public class HygieneTest extends JUnitSuite {
    private static final String KEYSPACE = SharedCassandra.freshKeyspace("hygiene");
    private static Database database;

    @BeforeClass
    public static void open() {
        database = await(Database.open(settings()).thenCompose(Schema::migrate));
    }

    @AfterClass
    public static void close() {
        database.close();
    }

    @Test
    public void findsTheLocalCassandraAndItsTablesWell() {
        assertThat(database.nodes()).hasSize(1);
        assertThat(stored()).isEmpty();
    }

    @Test
    public void findsWhatSomebodyChangedInTheTables() {
        change("864000", "false");
        try {
            assertThat(stored())
                    .extracting(Finding::toString)
                    .satisfiesExactly(
                            writes -> assertThat(writes).contains(KEYSPACE + " WITH durable_writes = true;"),
                            grace -> assertThat(grace).contains("subscriber WITH gc_grace_seconds = 600;"));
        } finally {
            change("600", "true");
        }
    }

    /** What the server says, not what its file says. */
    @Test
    public void readsTheSettingsOfTheRunningServer() {
        var node = database.nodes().get(0);
        var running = await(database.ask(node, "SELECT name, value FROM system_views.settings")).stream()
                .filter(row -> row.getString("value") != null)
                .collect(Collectors.toMap(row -> row.getString("name"), row -> row.getString("value")));
        assertThat(running)
                .containsAllEntriesOf(Map.of(
                        "auto_snapshot", "false",
                        "incremental_backups", "false",
                        "cdc_enabled", "false",
                        "hinted_handoff_enabled", "false",
                        "commitlog_total_space", "64MiB",
                        "commitlog_segment_size", "8MiB",
                        "row_cache_size", "0MiB",
                        "slow_query_log_timeout", "0ms",
                        "dump_heap_on_uncaught_exception", "false"))
                .containsEntry("key_cache_save_period", "0")
                .containsEntry("audit_logging_options_enabled", "false");
    }

    @Test
    public void saysThatItCouldNotLook() {
        var closed = await(Database.open(settings()));
        closed.close();
        assertThat(stored(closed))
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.advice()).contains("could not be looked at"));
    }

    private static void change(String gcGrace, String durableWrites) {
        await(database.ask("ALTER TABLE " + KEYSPACE + ".subscriber WITH gc_grace_seconds = " + gcGrace));
        await(database.ask("ALTER KEYSPACE " + KEYSPACE + " WITH durable_writes = " + durableWrites));
    }

    private static CassandraSettings settings() {
        return CassandraSettings.from(TestConfig.forKeyspace(KEYSPACE));
    }

    private static List<Finding> stored() {
        return stored(database);
    }

    /** Without those of the machine that runs the tests. */
    private static List<Finding> stored(Database looked) {
        return await(Hygiene.look(looked)).stream()
                .filter(finding -> !finding.where().startsWith("this "))
                .toList();
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
