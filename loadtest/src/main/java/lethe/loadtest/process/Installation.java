package lethe.loadtest.process;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A real Cassandra and one real broker on this machine, each a process. Both can be killed and started again, on the
 * same data and the same ports. Cassandra syncs its commit log before it answers: no kill undoes what it acknowledged.
 */
public final class Installation implements AutoCloseable {
    /** For a process that does little. */
    public static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m");

    private static final Duration ADMIN_FOLLOWS = Duration.ofSeconds(10);

    private final InstallationPlan plan;
    private final Children children;
    private final String contact;
    private final Object counting = new Object();
    private @Nullable RowCounter counter;
    private Child cassandra;
    private Child broker;
    private URI address;

    private Installation(
            InstallationPlan plan, Children children, Child cassandra, String contact, Child broker, URI address) {
        this.plan = plan;
        this.children = children;
        this.cassandra = cassandra;
        this.contact = contact;
        this.broker = broker;
        this.address = address;
    }

    /** Starts both, Cassandra first, and returns when both are ready. */
    public static Installation start(InstallationPlan plan) throws IOException, InterruptedException {
        Children children = new Children(Program.current(), plan.directory().resolve("logs"));
        try {
            Child cassandra = startCassandra(plan, children);
            String contact = cassandra.awaitReady("cassandra", Patience.CASSANDRA_START);
            Child broker = startBroker(plan, children, contact);
            return new Installation(plan, children, cassandra, contact, broker, ready(broker));
        } catch (IOException | InterruptedException | RuntimeException failed) {
            children.close();
            throw failed;
        }
    }

    private static Child startCassandra(InstallationPlan plan, Children children) throws IOException {
        return children.start("cassandra", Patience.CASSANDRA_END, SMALL, plan.cassandraArguments());
    }

    private static Child startBroker(InstallationPlan plan, Children children, String contact) throws IOException {
        Program program = Program.current();
        return children.start(
                plan.brokerJdk() == null ? program : program.on(plan.brokerJdk()),
                "broker",
                Patience.BROKER_END,
                plan.brokerJava(),
                plan.brokerArguments(contact));
    }

    private static URI ready(Child broker) throws IOException, InterruptedException {
        return URI.create(broker.awaitReady("broker", Patience.BROKER_START));
    }

    /** Where phones connect. The same after a restart. */
    public synchronized URI address() {
        return address;
    }

    /** Where the operator connects. */
    public synchronized URI admin() throws IOException, InterruptedException {
        return URI.create(broker.awaitReady("admin", ADMIN_FOLLOWS));
    }

    /** Where Cassandra answers CQL, as IP:PORT. */
    public String cassandra() {
        return contact;
    }

    /** Everything that Cassandra writes: data, commit log, hints, caches. */
    public Path cassandraDirectory() {
        return plan.cassandraDirectory();
    }

    /** The broker's process, as it is now. */
    public synchronized Child broker() {
        return broker;
    }

    /** Cassandra's process; the server itself is a child of it. */
    public synchronized Child cassandraProcess() {
        return cassandra;
    }

    public Path logs() {
        return plan.directory().resolve("logs");
    }

    /** Ends the broker as a crash would. */
    public synchronized void killBroker() throws InterruptedException {
        broker.kill();
    }

    /** Starts the broker again, and returns when it is ready. */
    public synchronized void startBroker() throws IOException, InterruptedException {
        broker = startBroker(plan, children, contact);
        address = ready(broker);
    }

    /** Ends Cassandra as a crash would. Returns when what watched over it has ended too. */
    public synchronized void killCassandra() throws InterruptedException {
        ProcessHandle.of(cassandra.pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .filter(Installation::isJava)
                .forEach(ProcessHandle::destroyForcibly);
        cassandra.awaitEnd();
    }

    /** Between Cassandra's Java process and the one that started it there are shells. */
    private static boolean isJava(ProcessHandle process) {
        return process.info().command().filter(path -> path.endsWith("java")).isPresent();
    }

    /** Starts Cassandra again, and returns when it answers. */
    public synchronized void startCassandra() throws IOException, InterruptedException {
        cassandra = startCassandra(plan, children);
        cassandra.awaitReady("cassandra", Patience.CASSANDRA_START);
    }

    /** Starts both again at the same time, and returns when both are ready. */
    public synchronized void startBoth() throws IOException, InterruptedException {
        cassandra = startCassandra(plan, children);
        broker = startBroker(plan, children, contact);
        cassandra.awaitReady("cassandra", Patience.CASSANDRA_START);
        address = ready(broker);
    }

    /** How many rows each table has, by Cassandra's own word. */
    public SortedMap<String, Long> rows() throws IOException {
        synchronized (counting) {
            RowCounter asked = counter;
            if (asked == null) {
                asked = RowCounter.start(Program.current(), contact);
                counter = asked;
            }
            return asked.count();
        }
    }

    /** Whether this process was told to end, so that what fails now need not be told. */
    public boolean isEnding() {
        return children.isEnding();
    }

    /** Something to do when both have ended, also if that is because this process was told to end. */
    public void afterwards(Runnable task) {
        children.afterwards(task);
    }

    /** Ends the broker, then Cassandra. */
    @Override
    public void close() {
        synchronized (counting) {
            if (counter != null) {
                counter.close();
            }
        }
        children.close();
    }
}
