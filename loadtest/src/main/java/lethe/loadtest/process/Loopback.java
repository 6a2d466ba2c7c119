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
