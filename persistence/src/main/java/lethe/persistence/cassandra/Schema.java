package lethe.persistence.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Brings the tables to the version that this code needs: {@code schema-1.cql}, then {@code schema-2.cql}, and so on.
 *
 * <p>Idempotent, and safe when several nodes start at once: one of them takes a lock row by lightweight transaction,
 * the others wait for its result. The lock expires, so a node that dies while migrating stops nobody for long.
 */
public final class Schema {

    /** The version of the tables that this code reads and writes. */
    public static final int VERSION = 2;

    private static final int LOCK_SECONDS = 60;
    private static final long POLL_MILLIS = 250;

    private final Database database;
    private final String keyspace;
    private final String node = UUID.randomUUID().toString();
    private final long deadline;

    private Schema(Database database) {
        this.database = database;
        this.keyspace = database.settings().keyspace();
        this.deadline = System.nanoTime() + database.settings().schemaTimeout().toNanos();
    }

    /** Completes with the database when its tables are as this code needs them. */
    public static CompletionStage<Database> migrate(Database database) {
        return new Schema(database).run();
    }

    private CompletionStage<Database> run() {
        return execute("CREATE KEYSPACE IF NOT EXISTS %s WITH replication = %s"
                        .formatted(keyspace, database.settings().replication()))
                .thenCompose(done -> execute("CREATE TABLE IF NOT EXISTS " + keyspace + ".schema_version "
                        + "(id text PRIMARY KEY, version int, node text)"))
                .thenCompose(done -> advance());
    }

    private CompletionStage<Database> advance() {
        return version().thenCompose(version -> {
            if (version > VERSION) {
                return CompletableFuture.failedFuture(new IllegalStateException("the tables in " + keyspace
                        + " are of version " + version + ", newer than this program's " + VERSION));
            }
            return version == VERSION ? agreed() : lockAndApply(version + 1);
        });
    }

    private CompletionStage<Database> lockAndApply(int next) {
        var lock = "INSERT INTO %s.schema_version (id, node) VALUES ('lock', '%s') IF NOT EXISTS USING TTL %d"
                .formatted(keyspace, node, LOCK_SECONDS);
        return execute(lock)
                .thenCompose(result -> result.wasApplied()
                        ? version().thenCompose(version -> version < next ? apply(next) : unlock())
                        : later())
                .thenCompose(done -> advance());
    }

    private CompletionStage<Void> apply(int next) {
        CompletionStage<?> applied = CompletableFuture.completedFuture(null);
        for (var statement : statements(next)) {
            applied = applied.thenCompose(done -> execute(statement));
        }
        return applied.thenCompose(done -> agreed())
                .thenCompose(done -> execute(
                        "INSERT INTO %s.schema_version (id, version) VALUES ('tables', %d)".formatted(keyspace, next)))
                .thenCompose(done -> unlock());
    }

    private CompletionStage<Void> unlock() {
        return execute("DELETE FROM %s.schema_version WHERE id = 'lock' IF node = '%s'".formatted(keyspace, node))
                .thenApply(done -> null);
    }

    private CompletionStage<Integer> version() {
        return execute("SELECT version FROM %s.schema_version WHERE id = 'tables'".formatted(keyspace))
                .thenApply(result ->
                        Optional.ofNullable(result.one()).map(Schema::version).orElse(0));
    }

    private static int version(Row row) {
        return row.getInt("version");
    }

    private CompletionStage<Database> agreed() {
        return database.schemaAgrees()
                .thenCompose(agrees ->
                        agrees ? CompletableFuture.completedFuture(database) : later().thenCompose(done -> agreed()));
    }

    /** Another node migrates: look again soon, up to the bound. */
    private CompletionStage<Void> later() {
        if (System.nanoTime() > deadline) {
            return CompletableFuture.failedFuture(new TimeoutException("the tables in " + keyspace
                    + " were not ready within " + database.settings().schemaTimeout()));
        }
        return CompletableFuture.runAsync(
                () -> {}, CompletableFuture.delayedExecutor(POLL_MILLIS, TimeUnit.MILLISECONDS));
    }

    private CompletionStage<AsyncResultSet> execute(String cql) {
        return database.executeSlowly(cql);
    }

    private List<String> statements(int version) {
        var settings = database.settings();
        var text = resource("schema-" + version + ".cql")
                .replaceAll("--.*", "")
                .replace("${keyspace}", keyspace)
                .replace("${gc_grace_seconds}", Long.toString(settings.gcGrace().toSeconds()))
                .replace(
                        "${retention_seconds}",
                        Long.toString(settings.retention().toSeconds()));
        return Arrays.stream(text.split(";"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    private static String resource(String name) {
        try (var stream = Schema.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is not beside this class");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
