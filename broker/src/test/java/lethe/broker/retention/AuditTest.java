package lethe.broker.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.testkit.typed.javadsl.LoggingTestKit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import lethe.broker.TestNode;
import lethe.persistence.audit.RetentionReport;
import lethe.persistence.cassandra.CassandraSettings;
import lethe.persistence.cassandra.Database;
import lethe.persistence.local.SharedCassandra;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTest {
    private static final String STAYS_FOR_EVER =
            "INSERT INTO %sjournal (pid, sequence, payload)" + " VALUES ('Subscriber|somebody', 1, 0x01)";

    @TempDir
    Path data;

    private final String keyspace = SharedCassandra.freshKeyspace("audit");
    private TestNode node;

    @BeforeEach
    void start() {
        // The warning comes with the second audit that begins after the row is there, if one is under way just then.
        node = TestNode.start(
                keyspace,
                data,
                Map.of("lethe.retention.audit-every", "1 s", "akka.actor.testkit.typed.filter-leeway", "20 s"));
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void countsAgainAndAgainAndWarnsOfWhatIsOverdue() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(overdue()).contains(0L));

        try (Database database = database()) {
            LoggingTestKit.warn("1 rows are stored that should not be there any more")
                    .expect(node.system(), () -> store(database));
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(overdue()).contains(1L));
    }

    private Database database() {
        CassandraSettings settings = CassandraSettings.from(TestNode.configuration(keyspace, data, Map.of()));
        return Database.open(settings)
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    private static Object store(Database database) {
        return database.prepare(STAYS_FOR_EVER)
                .thenCompose(insert -> database.execute(insert.bind()))
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    private Optional<Long> overdue() {
        return node.lastAudit().map(RetentionReport::overdue);
    }
}
