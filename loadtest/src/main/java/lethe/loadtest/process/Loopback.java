package lethe.loadtest.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/** The addresses 127.0.0.0/8 of this machine: each run takes one of its own, so that runs side by side do not meet. */
public final class Loopback {
    private static final int ATTEMPTS = 50;
    private static final InetAddress ANY = new InetSocketAddress(0).getAddress();

    /** Below the ports that connections are given. */
    private static final int LOWEST_PORT = 20_000;

    private static final int HIGHEST_PORT = 30_000;

    private Loopback() {}

    /**
     * A loopback address on which nobody listens on any of the ports.
     *
     * @throws IOException if none was found, as on machines that have 127.0.0.1 only
     */
    public static InetAddress free(int... ports) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            InetAddress candidate = draw();
            if (Arrays.stream(ports).allMatch(port -> isFree(candidate, port))) {
                return candidate;
            }
        }
        throw new IOException("no free loopback address: does this machine have 127.0.0.0/8?");
    }

    /** A port on which nobody listens on any address, nor on the next one, a moment ago. */
    public static int freePort() throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
            if (isFree(ANY, port) && isFree(ANY, port + 1)) {
                return port;
            }
        }
        throw new IOException("no free port");
    }

    /** Whether nobody listens there, a moment ago. */
    public static boolean isFree(InetAddress address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static InetAddress draw() throws IOException {
        var random = ThreadLocalRandom.current();
        return InetAddress.getByAddress(new byte[] {
            127, (byte) random.nextInt(16, 240), (byte) random.nextInt(256), (byte) random.nextInt(1, 255)
        });
    }
}
