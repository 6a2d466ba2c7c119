package lethe.loadtest.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lethe.loadtest.lethe.LetheTarget;
import lethe.loadtest.process.Child;
import lethe.loadtest.process.Installation;
import lethe.loadtest.process.InstallationPlan;
import lethe.loadtest.process.Loopback;
import lethe.loadtest.process.Scratch;
import org.jspecify.annotations.Nullable;

/** The broker that is measured: one of its own, with a Cassandra of its own, or one that runs already. */
public final class MeasuredBroker implements AutoCloseable {
    /** Linux gives a connection one of 28,232 ports unless told otherwise, for each address it goes to. */
    private static final int CONNECTIONS_PER_ADDRESS = 28_000;

    private final LetheTarget target;
    private final @Nullable Installation installation;
    private final @Nullable Scratch scratch;

    private MeasuredBroker(LetheTarget target, @Nullable Installation installation, @Nullable Scratch scratch) {
        this.target = target;
        this.installation = installation;
        this.scratch = scratch;
    }

    /**
     * One that others have started.
     *
     * @param pids of its processes; empty if nobody knows them, and then nobody knows what it uses
     */
    static MeasuredBroker at(List<InetSocketAddress> addresses, List<Long> pids) throws IOException {
        List<ProcessHandle> processes =
                pids.stream().flatMap(pid -> ProcessHandle.of(pid).stream()).toList();
        if (processes.size() < pids.size()) {
            throw new IOException("there is no process with one of the ids " + pids);
        }
        return new MeasuredBroker(new LetheTarget(addresses, processes, List.of()), null, null);
    }

    /**
     * Starts one with the shipped options.
     *
     * @param pairs of phones that will connect
     * @param waiting messages that will wait for one phone
     * @param payloadBytes of each
     */
    public static MeasuredBroker start(int pairs, int waiting, int payloadBytes)
            throws IOException, InterruptedException {
        return start(new BrokerOptions(), false, new BenchLimits(2 * pairs, waiting, payloadBytes, false));
    }

    /**
     * Starts one.
     *
     * @param returnsMemory whether its heap shall shrink to what lives
     */
    static MeasuredBroker start(BrokerOptions options, boolean returnsMemory, BenchLimits limits)
            throws IOException, InterruptedException {
        Scratch scratch = Scratch.create("bench");
        try {
            int addresses = 1 + (limits.connections() - 1) / CONNECTIONS_PER_ADDRESS;
            InstallationPlan plan = options.applyTo(limits.applyTo(plan(scratch, addresses)), returnsMemory);
            Installation installation = Installation.start(plan);
            installation.afterwards(scratch::erase);
            return of(installation, addresses, scratch);
        } catch (IOException | InterruptedException | RuntimeException failed) {
            scratch.erase();
            throw failed;
        }
    }

    private static MeasuredBroker of(Installation installation, int addresses, Scratch scratch) throws IOException {
        try {
            LetheTarget target = new LetheTarget(
                    addresses(installation.address(), addresses),
                    List.of(process(installation.broker())),
                    processes(installation.cassandraProcess()));
            return new MeasuredBroker(target, installation, scratch);
        } catch (IOException | RuntimeException failed) {
            installation.close();
            throw failed;
        }
    }

    /** With more connections than one address has ports, it listens on all addresses of the loopback. */
    private static InstallationPlan plan(Scratch scratch, int addresses) throws IOException {
        InstallationPlan usual = InstallationPlan.in(scratch.directory());
        return addresses == 1 ? usual : usual.withBrokerAt(InetAddress.getByName("0.0.0.0"), Loopback.freePort());
    }

    private static List<InetSocketAddress> addresses(URI broker, int count) {
        if (count == 1) {
            return List.of(new InetSocketAddress(broker.getHost(), broker.getPort()));
        }
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new InetSocketAddress("127.0.0." + i, broker.getPort()))
                .toList();
    }

    private static ProcessHandle process(Child child) throws IOException {
        return ProcessHandle.of(child.pid()).orElseThrow(() -> new IOException(child.name() + " has ended"));
    }

    /** With those that it has started in its turn: Cassandra's server is one. */
    private static List<ProcessHandle> processes(Child child) throws IOException {
        ProcessHandle process = process(child);
        return Stream.concat(Stream.of(process), process.descendants()).toList();
    }

    public LetheTarget target() {
        return target;
    }

    /** Where its Cassandra writes; null if that is not known. */
    @Nullable
    Path storeDirectory() {
        return installation == null ? null : installation.cassandraDirectory();
    }

    @Override
    public void close() {
        if (installation != null) {
            installation.close();
        }
        if (scratch != null) {
            scratch.erase();
        }
    }
}
