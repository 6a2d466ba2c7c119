package lethe.persistence.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.concurrent.ThreadLocalRandom;

/** Where one local Cassandra listens: a loopback address, its CQL port and its port for other nodes. */
public record Endpoint(InetAddress address, int cqlPort, int storagePort) {

    /** Cassandra's own port for CQL. */
    public static final int CQL_PORT = 9042;

    /** Cassandra's own port between nodes. */
    public static final int STORAGE_PORT = 7000;

    private static final int ATTEMPTS = 50;

    /**
     * A loopback address on which nobody listens, with Cassandra's usual ports; where only 127.0.0.1 exists, that with
     * free ports.
     */
    public static Endpoint free() throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var candidate = on(randomLoopback());
            if (candidate.isFree()) {
                return candidate;
            }
        }
        var only = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try (var cql = new ServerSocket(0, 1, only);
                var storage = new ServerSocket(0, 1, only)) {
            return new Endpoint(only, cql.getLocalPort(), storage.getLocalPort());
        }
    }

    /** The given address with Cassandra's usual ports. */
    public static Endpoint on(InetAddress address) {
        return new Endpoint(address, CQL_PORT, STORAGE_PORT);
    }

    /** Whether both ports could be bound a moment ago. */
    public boolean isFree() {
        return canBind(cqlPort) && canBind(storagePort);
    }

    /** Where clients connect. */
    public InetSocketAddress cql() {
        return new InetSocketAddress(address, cqlPort);
    }

    @Override
    public String toString() {
        return address.getHostAddress() + ":" + cqlPort;
    }

    private boolean canBind(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static InetAddress randomLoopback() throws UnknownHostException {
        var random = ThreadLocalRandom.current();
        return InetAddress.getByAddress(new byte[] {
            127, (byte) random.nextInt(16, 240), (byte) random.nextInt(256), (byte) random.nextInt(1, 255)
        });
    }
}
