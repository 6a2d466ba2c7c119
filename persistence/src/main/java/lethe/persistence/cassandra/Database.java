package lethe.persistence.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.loadbalancing.NodeDistance;
import com.datastax.oss.driver.api.core.metadata.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The one session of an actor system, and its keyspace.
 *
 * <p>An idempotent statement that fails for a reason that passes is sent again as it was, see {@link Retrying}: with
 * the timestamp of the first time, so that it buries nothing that was written meanwhile. All that {@link #prepare}
 * prepares is idempotent unless the bound statement says otherwise, as lightweight transactions do: they are sent once.
 */
public final class Database implements AutoCloseable {

    private static final int ADMIN_THREADS = 1;
    private static final Duration RECONNECT_FIRST = Duration.ofMillis(200);

    /** A node that comes back is found within this time; until then each broker asks it so often. */
    private static final Duration RECONNECT_LAST = Duration.ofSeconds(1);

    private final CqlSession session;
    private final CassandraSettings settings;
    private final Retrying retrying;

    private Database(CqlSession session, CassandraSettings settings) {
        this.session = session;
        this.settings = settings;
        this.retrying = new Retrying(settings.retryWithin());
    }

    /** Connects; goes on trying while no node answers. Creates no table: see {@link Schema}. */
    public static CompletionStage<Database> open(CassandraSettings settings) {
        return open(settings, true);
    }

    /** As {@link #open}, but fails when no node answers. */
    public static CompletionStage<Database> openAtOnce(CassandraSettings settings) {
        return open(settings, false);
    }

    private static CompletionStage<Database> open(CassandraSettings settings, boolean patiently) {
        return CqlSession.builder()
                .addContactPoints(settings.contactPoints())
                .withLocalDatacenter(settings.localDatacenter())
                .withConfigLoader(driverOptions(settings, patiently))
                .buildAsync()
                .thenApply(session -> new Database(session, settings));
    }

    public CassandraSettings settings() {
        return settings;
    }

    /** Prepares a statement; {@code %s} stands for the keyspace and a dot. */
    public CompletionStage<PreparedStatement> prepare(String cql) {
        var statement = SimpleStatement.newInstance(cql.formatted(settings.keyspace() + "."));
        return session.prepareAsync(statement.setIdempotent(true));
    }

    /** Prepares statements, in their order. */
    public CompletionStage<List<PreparedStatement>> prepareAll(List<String> cql) {
        CompletionStage<List<PreparedStatement>> prepared = CompletableFuture.completedFuture(List.of());
        for (var text : cql) {
            prepared = prepared.thenCombine(prepare(text), Database::append);
        }
        return prepared;
    }

    /** Executes one statement; again while that may help, if it is idempotent. */
    public CompletionStage<AsyncResultSet> execute(Statement<?> statement) {
        if (!Boolean.TRUE.equals(statement.isIdempotent())) {
            return session.executeAsync(statement);
        }
        var timed = timed(statement);
        return retrying.run(() -> session.executeAsync(timed));
    }

    /** Executes writes of one partition as one; a single one as itself. Nothing for none. */
    public CompletionStage<Void> write(List<Write> writes) {
        if (writes.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return execute(one(writes)).thenApply(result -> null);
    }

    /** Executes writes of one partition in as few batches as their size allows, one after the other. */
    public CompletionStage<Void> writeInChunks(List<Write> writes) {
        CompletionStage<Void> written = CompletableFuture.completedFuture(null);
        for (var chunk : chunks(writes)) {
            written = written.thenCompose(done -> write(chunk));
        }
        return written;
    }

    /** As {@link #writeInChunks}, once: for what somebody else tries again. */
    public CompletionStage<Void> tryInChunks(List<Write> writes) {
        CompletionStage<Void> written = CompletableFuture.completedFuture(null);
        for (var chunk : chunks(writes)) {
            written = written.thenCompose(
                    done -> session.executeAsync(timed(one(chunk))).thenApply(result -> null));
        }
        return written;
    }

    /** Executes a query and collects the rows of all its pages. */
    public CompletionStage<List<Row>> collect(Statement<?> query) {
        List<Row> rows = new ArrayList<>();
        return each(query, rows::add).thenApply(done -> rows);
    }

    /** Executes a query and gives the rows of all its pages to somebody, one page in memory at a time. */
    public CompletionStage<Void> each(Statement<?> query, Consumer<Row> use) {
        return execute(query).thenCompose(page -> each(page, use));
    }

    /** Whether Cassandra answers a question now, at the consistency of all reads. Asked once; never fails. */
    public CompletionStage<Boolean> answers(Duration within) {
        var question = "SELECT version FROM %s.schema_version WHERE id = 'tables'".formatted(settings.keyspace());
        return session.executeAsync(SimpleStatement.newInstance(question).setTimeout(within))
                .handle((answer, failure) -> failure == null);
    }

    /** The nodes that statements go to: those of the local datacentre, also the ones that are away. */
    public List<Node> nodes() {
        return session.getMetadata().getNodes().values().stream()
                .filter(node -> node.getDistance() == NodeDistance.LOCAL)
                .toList();
    }

    /** Asks any node about Cassandra itself, once. */
    public CompletionStage<List<Row>> ask(String cql) {
        return collect(SimpleStatement.newInstance(cql));
    }

    /** Asks one node what only it knows, once. */
    public CompletionStage<List<Row>> ask(Node node, String cql) {
        return collect(SimpleStatement.newInstance(cql).setNode(node));
    }

    /** Executes a statement outside of the tables: the schema. */
    CompletionStage<AsyncResultSet> executeSlowly(String cql) {
        return session.executeAsync(SimpleStatement.newInstance(cql).setTimeout(settings.schemaTimeout()));
    }

    CompletionStage<Boolean> schemaAgrees() {
        return session.checkSchemaAgreementAsync();
    }

    /** Closes the session; statements under way fail. */
    @Override
    public void close() {
        retrying.end();
        session.close();
    }

    /** As {@link #close}, without waiting. */
    public CompletionStage<Void> closeAsync() {
        retrying.end();
        return session.closeAsync();
    }

    private static <T> List<T> append(List<T> list, T last) {
        var longer = new ArrayList<>(list);
        longer.add(last);
        return List.copyOf(longer);
    }

    private List<List<Write>> chunks(List<Write> writes) {
        var chunks = new ArrayList<List<Write>>();
        var bytes = 0;
        for (var write : writes) {
            if (chunks.isEmpty() || bytes + write.bytes() > settings.batchBytes()) {
                chunks.add(new ArrayList<>());
                bytes = 0;
            }
            chunks.get(chunks.size() - 1).add(write);
            bytes += write.bytes();
        }
        return chunks;
    }

    private static Statement<?> one(List<Write> writes) {
        return writes.size() == 1 ? writes.get(0).statement() : batch(writes);
    }

    private static BatchStatement batch(List<Write> writes) {
        var batch = BatchStatement.builder(DefaultBatchType.UNLOGGED);
        writes.forEach(write -> batch.addStatement(write.statement()));
        return batch.setIdempotence(true).build();
    }

    /** The statement with a timestamp; one that its CQL names counts more. */
    private Statement<?> timed(Statement<?> statement) {
        return statement.getQueryTimestamp() == Statement.NO_DEFAULT_TIMESTAMP
                ? statement.setQueryTimestamp(
                        session.getContext().getTimestampGenerator().next())
                : statement;
    }

    private CompletionStage<Void> each(AsyncResultSet page, Consumer<Row> use) {
        page.currentPage().forEach(use);
        return page.hasMorePages()
                ? retrying.run(page::fetchNextPage).thenCompose(next -> each(next, use))
                : CompletableFuture.completedFuture(null);
    }

    private static DriverConfigLoader driverOptions(CassandraSettings settings, boolean patiently) {
        return DriverConfigLoader.programmaticBuilder()
                .withString(
                        DefaultDriverOption.REQUEST_CONSISTENCY,
                        settings.consistency().name())
                .withString(
                        DefaultDriverOption.REQUEST_SERIAL_CONSISTENCY,
                        settings.serialConsistency().name())
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, settings.requestTimeout())
                .withBoolean(DefaultDriverOption.RECONNECT_ON_INIT, patiently)
                // They quote queries with what they look for.
                .withBoolean(DefaultDriverOption.REQUEST_LOG_WARNINGS, false)
                .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, RECONNECT_FIRST)
                .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, RECONNECT_LAST)
                // Deletes after a save are not awaited: under load, what is too much at once waits here and is not
                // refused.
                .withClass(DefaultDriverOption.REQUEST_THROTTLER_CLASS, Turnstile.class)
                .withInt(
                        DefaultDriverOption.REQUEST_THROTTLER_MAX_CONCURRENT_REQUESTS, settings.maxConcurrentRequests())
                .withInt(DefaultDriverOption.REQUEST_THROTTLER_MAX_QUEUE_SIZE, settings.maxWaitingRequests())
                .withInt(DefaultDriverOption.CONNECTION_MAX_REQUESTS, settings.maxRequestsPerConnection())
                .withInt(DefaultDriverOption.NETTY_IO_SIZE, settings.ioThreads())
                .withInt(DefaultDriverOption.NETTY_ADMIN_SIZE, ADMIN_THREADS)
                .withDuration(DefaultDriverOption.COALESCER_INTERVAL, Duration.ofNanos(300_000))
                // The driver's second of waiting for more changes would be spent on every table.
                .withDuration(DefaultDriverOption.METADATA_SCHEMA_WINDOW, Duration.ofMillis(10))
                .withStringList(DefaultDriverOption.METADATA_SCHEMA_REFRESHED_KEYSPACES, List.of(settings.keyspace()))
                .withDuration(DefaultDriverOption.METADATA_SCHEMA_REQUEST_TIMEOUT, settings.schemaTimeout())
                .withDuration(DefaultDriverOption.CONTROL_CONNECTION_AGREEMENT_TIMEOUT, settings.schemaTimeout())
                .build();
    }
}
