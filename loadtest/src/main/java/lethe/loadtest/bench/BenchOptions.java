package lethe.loadtest.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import lethe.loadtest.load.LoadPlan;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code lethe bench} shall do, and to which broker. */
public final class BenchOptions {
    private static final int FLOODED_RATE = 1_000;

    @Option(names = "--pairs", paramLabel = "N", defaultValue = "1000", description = "Default: ${DEFAULT-VALUE}")
    private int pairs;

    @Option(
            names = "--window",
            paramLabel = "N",
            defaultValue = "1",
            description = "Messages under way in each pair. Default: ${DEFAULT-VALUE}")
    private int window;

    @Option(
            names = "--payload",
            paramLabel = "BYTES",
            defaultValue = "256",
            description = "Of each message. Default: ${DEFAULT-VALUE}")
    private int payload;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "20", description = "Default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(names = "--warm-up", paramLabel = "SECONDS", defaultValue = "10", description = "Default: ${DEFAULT-VALUE}")
    private int warmUp;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "Open loop: messages a second of all pairs together, whatever the broker does.")
    private int rate;

    @Option(
            names = "--offline",
            description = "Recipients are away while messages are sent, then come and drain them; in rounds.")
    private boolean offline;

    @Option(
            names = "--waiting",
            paramLabel = "N",
            defaultValue = "10",
            description = "Offline: messages for each recipient in a round. Default: ${DEFAULT-VALUE}")
    private int waiting;

    @Option(
            names = "--overload",
            description = "Half of what the broker sustains, then twice it, then half again; what is refused is not "
                    + "sent again. What it sustains is --rate, or found out first.")
    private boolean overload;

    @Option(
            names = "--flood",
            description = "Messages at --rate (default 1000 here), then the same while one address asks to opt in a "
                    + "hundred times as often as it may. Limits of connections are the shipped ones.")
    private boolean flood;

    @Option(
            names = "--idle",
            description = "Nobody sends: memory of a connection, after --seconds in which nothing happens.")
    private boolean idle;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Event loops of the driver. Default: ${DEFAULT-VALUE}")
    private int threads;

    @Option(
            names = "--address",
            paramLabel = "HOST:PORT",
            description = "Measure the broker that runs there. Repeated for one broker: pairs take turns.")
    private List<String> addresses = new ArrayList<>();

    @Option(names = "--pid", paramLabel = "PID", description = "A process of that broker. May be repeated.")
    private List<Long> pids = new ArrayList<>();

    @Mixin
    private BrokerOptions broker = new BrokerOptions();

    LoadPlan plan() {
        return LoadPlan.closed(pairs, window, payload, Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds))
                .atRate(flood && rate == 0 ? FLOODED_RATE : rate)
                .onLoops(threads);
    }

    boolean isOffline() {
        return offline;
    }

    boolean isOverload() {
        return overload;
    }

    boolean isFlood() {
        return flood;
    }

    boolean isIdle() {
        return idle;
    }

    int waiting() {
        return waiting;
    }

    /** Starts a broker, or finds the one that is named. */
    MeasuredBroker open(Consumer<String> progress) throws IOException, InterruptedException {
        if (addresses.isEmpty()) {
            progress.accept("starting Cassandra and a broker");
            BenchLimits limits = new BenchLimits(2 * pairs, Math.max(window, waiting), payload, flood);
            return MeasuredBroker.start(broker, idle, limits);
        }
        List<InetSocketAddress> found = new ArrayList<>();
        for (String address : addresses) {
            found.add(address(address));
        }
        return MeasuredBroker.at(found, pids);
    }

    private static InetSocketAddress address(String text) throws IOException {
        int colon = text.lastIndexOf(':');
        try {
            return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException unreadable) {
            throw new IOException("not HOST:PORT: " + text);
        }
    }

    Path javaHome() {
        return broker.javaHome();
    }

    /** As a report tells it; "given" if somebody else has started the broker. */
    String jdk() {
        return addresses.isEmpty() ? broker.jdk() : "given";
    }
}
