package lethe.loadtest.compare;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import lethe.loadtest.bench.MeasuredBroker;
import lethe.loadtest.load.Dialect;
import lethe.loadtest.load.Target;

/** A Lethe broker and its Cassandra, which end with it. */
final class OwnBroker implements Target {
    private final MeasuredBroker broker;

    private OwnBroker(MeasuredBroker broker) {
        this.broker = broker;
    }

    /**
     * Starts both, and returns when they are ready.
     *
     * @param pairs of phones that will connect
     * @param waiting messages that will wait for one phone
     */
    static OwnBroker start(int pairs, int waiting) throws IOException, InterruptedException {
        return new OwnBroker(MeasuredBroker.start(pairs, waiting, ComparePlan.PAYLOAD_BYTES));
    }

    @Override
    public String name() {
        return broker.target().name();
    }

    @Override
    public String version() {
        return broker.target().version();
    }

    @Override
    public InetSocketAddress address(int pair) {
        return broker.target().address(pair);
    }

    @Override
    public List<ProcessHandle> processes() {
        return broker.target().processes();
    }

    @Override
    public List<ProcessHandle> storeProcesses() {
        return broker.target().storeProcesses();
    }

    @Override
    public void prepare(int pairs, int payloadBytes) throws IOException, InterruptedException {
        broker.target().prepare(pairs, payloadBytes);
    }

    @Override
    public Dialect sender(int pair) {
        return broker.target().sender(pair);
    }

    @Override
    public Dialect recipient(int pair) {
        return broker.target().recipient(pair);
    }

    @Override
    public void close() {
        broker.close();
    }
}
