package lethe.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import lethe.persistence.cassandra.CassandraSettings;
import lethe.persistence.cassandra.Database;
import lethe.persistence.cassandra.Schema;
import lethe.persistence.local.SharedCassandra;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RetentionCommandTest {
    private static final String CLEAN = SharedCassandra.freshKeyspace("clean");
    private static final String DIRTY = SharedCassandra.freshKeyspace("dirty");
    private static final String STAYS_FOR_EVER = "INSERT INTO %ssubscriber"
            + " (pid, kind, item, incarnation, life, sequence, payload)"
            + " VALUES ('Subscriber|somebody', 3, 0x01, 1, 1, 1, 0x01) USING TTL 0";

    @TempDir
    static Path data;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void createTables() {
        withTables(CLEAN).close();
        try (Database database = withTables(DIRTY)) {
            database.prepare(STAYS_FOR_EVER)
                    .thenCompose(insert -> database.execute(insert.bind()))
                    .toCompletableFuture()
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();
        }
    }

    private static Database withTables(String keyspace) {
        return Database.open(CassandraSettings.from(TestNode.configuration(keyspace, data, Map.of())))
                .thenCompose(Schema::migrate)
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void endsWellWhenNothingIsOverdue() {
        assertThat(retention(CLEAN)).isZero();
        assertThat(out.toString()).contains("subscriber").endsWith("overdue: 0" + System.lineSeparator());
    }

    @Test
    void endsWithOneWhenSomethingIs() {
        assertThat(retention(DIRTY)).isEqualTo(1);
        assertThat(out.toString()).contains("overdue: 1").doesNotContain("somebody");
    }

    @Test
    void tellsMachinesInOneLine() {
        assertThat(retention(DIRTY, "--json")).isEqualTo(1);
        assertThat(out.toString())
                .startsWith("{\"at\":")
                .contains("\"rows\":1,\"overdue\":1", "\"without_ttl\":1")
                .doesNotContain("somebody")
                .hasLineCount(1);
    }

    @Test
    void endsWithTwoWhenNoStoreAnswers() {
        assertThat(retention(CLEAN, "-D", "lethe.store.contact-points.0=127.0.0.1:1"))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("lethe admin retention: ");
    }

    @Test
    void createsNoTables() {
        assertThat(retention("nobodys")).isEqualTo(2);
        assertThat(retention("nobodys")).isEqualTo(2);
    }

    @Test
    void refusesAKeyThatDoesNotExist() {
        assertThat(retention(CLEAN, "-D", "lethe.stoer=x")).isEqualTo(78);
        assertThat(err.toString()).contains("lethe.stoer");
    }

    /** A broker with such settings would do nothing else. */
    @Test
    void refusesToCountWithoutAPause() {
        assertThat(retention(CLEAN, "-D", "lethe.retention.audit-every=0 s")).isEqualTo(78);
        assertThat(err.toString()).contains("lethe.retention.audit-every");
    }

    @Test
    void saysWhatThereIsToAsk() {
        assertThat(admin()).isEqualTo(2);
        assertThat(err.toString()).contains("retention");
    }

    private int retention(String keyspace, String... more) {
        var cassandra = SharedCassandra.get().address();
        List<String> arguments = new ArrayList<>(List.of(
                "retention",
                "-D",
                "lethe.store.keyspace=" + keyspace,
                "-D",
                "lethe.store.contact-points.0=" + cassandra.getHostString() + ":" + cassandra.getPort()));
        arguments.addAll(List.of(more));
        return admin(arguments.toArray(String[]::new));
    }

    private int admin(String... arguments) {
        return new CommandLine(new AdminCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
