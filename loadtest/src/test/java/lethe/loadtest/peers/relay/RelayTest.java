package lethe.loadtest.peers.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RelayTest {
    private static final int MOST_BYTES = 8 * 1024;

    /**
     * Of 15 bytes: more than the relay's buffers hold (24 KiB), less than any socket's (64 KiB); some come in parts.
     */
    private static final int FRAMES = 2_000;

    private static final int SOCKET_BYTES = 64 * 1024;

    private Relay relay;
    private Thread thread;

    @BeforeEach
    void start() throws Exception {
        relay = new Relay(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        thread = new Thread(this::run, "relay");
        thread.start();
    }

    private void run() {
        try {
            relay.run();
        } catch (IOException | RuntimeException closed) {
            // As a test ends.
        }
    }

    @AfterEach
    void stop() throws Exception {
        relay.close();
        thread.join();
    }

    @Test
    void givesAFrameToWhomItNames() throws Exception {
        try (var one = new Client(1);
                var two = new Client(2)) {
            one.frame(2, new byte[] {7, 8, 9});
            assertThat(two.next()).containsExactly(0, 0, 0, 2, 7, 8, 9);
            two.frame(1, new byte[] {10});
            assertThat(one.next()).containsExactly(0, 0, 0, 1, 10);
        }
    }

    @Test
    void keepsTheOrderOfMoreThanItsBuffersHold() throws Exception {
        try (var one = new Client(1);
                var two = new Client(2)) {
            for (int i = 0; i < FRAMES; i++) {
                one.write(2, new byte[] {(byte) i, (byte) (i >> 8), 0, 0, 0, 0, 0});
            }
            one.flush();
            for (int i = 0; i < FRAMES; i++) {
                assertThat(two.next()).startsWith(0, 0, 0, 2, i, i >> 8);
            }
        }
    }

    @Test
    void dropsWhatIsForNobody() throws Exception {
        try (var one = new Client(1)) {
            one.frame(99, new byte[] {7});
            one.frame(1, new byte[] {8});
            assertThat(one.next()).endsWith(8);
        }
    }

    @Test
    void cutsWhoSendsAFrameOverItsBound() throws Exception {
        try (var one = new Client(1)) {
            one.announce(MOST_BYTES);
            assertThat(one.isCut()).isTrue();
        }
    }

    /** A connection that has named itself. */
    private final class Client implements AutoCloseable {
        private final Socket socket;
        private final DataInputStream in;
        private final DataOutputStream out;

        Client(int number) throws IOException {
            socket = new Socket(relay.address().getAddress(), relay.address().getPort());
            socket.setSoTimeout(30_000);
            in = new DataInputStream(socket.getInputStream());
            out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), SOCKET_BYTES));
            frame(number, new byte[0]);
            next();
        }

        /** Says how long the next frame is, beside whom it is for. */
        void announce(int bytes) throws IOException {
            out.writeInt(Integer.BYTES + bytes);
            flush();
        }

        void frame(int to, byte[] bytes) throws IOException {
            write(to, bytes);
            flush();
        }

        /** A frame that leaves with the next that is flushed. */
        void write(int to, byte[] bytes) throws IOException {
            out.writeInt(Integer.BYTES + bytes.length);
            out.writeInt(to);
            out.write(bytes);
        }

        void flush() throws IOException {
            out.flush();
        }

        byte[] next() throws IOException {
            return in.readNBytes(in.readInt());
        }

        boolean isCut() {
            try {
                return in.read() < 0;
            } catch (IOException reset) {
                return true;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
