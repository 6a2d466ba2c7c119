package lethe.persistence.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import lethe.persistence.local.SharedCassandra;
import lethe.persistence.local.TestConfig;
import org.junit.Test;
import org.scalatestplus.junit.JUnitSuite;

/** The tables are created once, by whoever comes first. */
public class SchemaTest extends JUnitSuite {

    @Test
    public void letsTwoNodesStartAtOnceAndAgain() {
        var settings = CassandraSettings.from(TestConfig.forKeyspace(SharedCassandra.freshKeyspace("schema")));
        try (var one = await(Database.open(settings));
                var two = await(Database.open(settings))) {
            var first = Schema.migrate(one);
            var second = Schema.migrate(two);
            await(first);
            await(second);
            await(Schema.migrate(one));
            assertThat(tables(one, settings.keyspace()))
                    .containsExactlyInAnyOrder(
                            "due",
                            "due_progress",
                            "incarnation",
                            "journal",
                            "policy",
                            "listed",
                            "published",
                            "published_part",
                            "schema_version",
                            "snapshot",
                            "subscriber");

            await(one.executeSlowly(
                    "UPDATE %s.schema_version SET version = 99 WHERE id = 'tables'".formatted(settings.keyspace())));
            assertThatThrownBy(() -> await(Schema.migrate(two))).hasMessageContaining("version 99");
        }
    }

    private static List<String> tables(Database database, String keyspace) {
        return await(database.prepare(
                                "SELECT table_name FROM system_schema.tables WHERE keyspace_name = '" + keyspace + "'")
                        .thenCompose(query -> database.collect(query.bind())))
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
