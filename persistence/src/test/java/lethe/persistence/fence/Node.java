package lethe.persistence.fence;

import java.time.Clock;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import lethe.persistence.cassandra.CassandraSettings;
import lethe.persistence.cassandra.Database;
import lethe.persistence.cassandra.Schema;
import lethe.persistence.due.DueIndex;
import lethe.persistence.local.TestConfig;
import lethe.persistence.seal.RowSealer;
import lethe.persistence.seal.TestSealing;

/** One broker node's store, with its own session and its own clock. */
final class Node implements AutoCloseable {

    final Database database;
    final DueIndex due;
    final FencedStore store;
    final Losses losses;

    private Node(Database database, DueIndex due, FencedStore store, Losses losses) {
        this.database = database;
        this.due = due;
        this.store = store;
        this.losses = losses;
    }

    static Node open() {
        return open(Clock.systemUTC());
    }

    static Node open(Clock clock) {
        return open(CassandraSettings.from(TestConfig.shared()), clock);
    }

    static Node open(CassandraSettings settings, Clock clock) {
        return open(settings, TestSealing.SHARED, clock);
    }

    static Node open(RowSealer sealer, Clock clock) {
        return open(CassandraSettings.from(TestConfig.shared()), sealer, clock);
    }

    private static Node open(CassandraSettings settings, RowSealer sealer, Clock clock) {
        var database = await(Database.open(settings).thenCompose(Schema::migrate));
        var due = await(DueIndex.prepare(database, clock));
        var losses = new Losses();
        var store = await(FencedStore.prepare(database, due, sealer, losses, clock));
        return new Node(database, due, store, losses);
    }

    static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    /** What a CQL query counts. */
    long count(String cql) {
        return await(database.prepare(cql).thenCompose(query -> database.collect(query.bind())))
                .get(0)
                .getLong(0);
    }

    @Override
    public void close() {
        database.close();
    }
}
