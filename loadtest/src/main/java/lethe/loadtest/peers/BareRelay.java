package lethe.loadtest.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import lethe.loadtest.load.Target;
import lethe.loadtest.peers.relay.RelayDialect;
import lethe.loadtest.process.Child;
import lethe.loadtest.process.Loopback;

/** The floor: a relay in plain Java, as a process of its own. */
public final class BareRelay {
    static final String NAME = "relay";

    private static final int ANY_PORT = 0;

    private BareRelay() {}

    /** Starts one, and returns when it listens. */
    public static Target start() throws IOException, InterruptedException {
        PeerProcesses processes = new PeerProcesses(NAME);
        try {
            InetAddress address = Loopback.free(ANY_PORT);
            Child child = processes.startLethe(
                    NAME,
                    List.of("-XX:+UseSerialGC", "-Xmx512m"),
                    List.of("bench", "relay", "--address", address.getHostAddress()));
            String where = child.awaitReady(NAME, PeerProcesses.START);
            int port = Integer.parseInt(where.substring(where.indexOf(':') + 1));
            return new Peer(
                    NAME,
                    "Java " + Runtime.version().feature(),
                    new InetSocketAddress(address, port),
                    processes,
                    RelayDialect::new);
        } catch (IOException | InterruptedException | RuntimeException failed) {
            processes.close();
            throw failed;
        }
    }
}
