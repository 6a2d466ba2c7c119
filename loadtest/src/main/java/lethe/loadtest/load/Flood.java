package lethe.loadtest.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Somebody who asks to opt in again and again, from one address of the loopback that no phone uses, with signatures
 * that look well and are none. Asks at a rate, as far as the broker answers; each connection waits for its answer.
 */
final class Flood implements AutoCloseable {
    private static final String FROM = "127.0.99.1";
    private static final int CONNECTIONS = 16;
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int LONGEST_ANSWER = 8 * 1024;
    private static final byte[] REQUEST = request();

    private final InetSocketAddress broker;
    private final long interval;
    private final List<Thread> threads = new ArrayList<>();
    private final LongAdder asked = new LongAdder();
    private final LongAdder limited = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private volatile boolean over;

    private Flood(InetSocketAddress broker, int perSecond) {
        this.broker = broker;
        this.interval = TimeUnit.SECONDS.toNanos(CONNECTIONS) / perSecond;
    }

    /** Begins, and goes on until it is closed. */
    static Flood begin(InetSocketAddress broker, int perSecond) {
        Flood flood = new Flood(broker, perSecond);
        for (int i = 0; i < CONNECTIONS; i++) {
            Thread thread = new Thread(flood::ask, "flood");
            thread.setDaemon(true);
            flood.threads.add(thread);
            thread.start();
        }
        return flood;
    }

    private static byte[] request() {
        String body = "{}";
        return ("PUT /v1/self/consent HTTP/1.1\r\nHost: broker\r\nContent-Type: application/json\r\n"
                        + "Lethe-Tag: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n"
                        + "Signature-Input: sig=(\"@method\" \"@path\" \"lethe-tag\");created=1;nonce=\"0123456789abcdef\";"
                        + "keyid=\"AAAAAAAAAAAAAAAAAAAAAA\";alg=\"ed25519\";tag=\"lethe/1\"\r\n"
                        + "Signature: sig=:" + "A".repeat(86) + "==:\r\nContent-Length: " + body.length() + "\r\n\r\n"
                        + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private void ask() {
        long next = System.nanoTime();
        while (!over) {
            try (Socket socket = new Socket()) {
                socket.bind(new InetSocketAddress(InetAddress.getByName(FROM), 0));
                socket.setSoTimeout(TIMEOUT_MILLIS);
                socket.setTcpNoDelay(true);
                socket.connect(broker, TIMEOUT_MILLIS);
                InputStream in = new BufferedInputStream(socket.getInputStream());
                OutputStream out = socket.getOutputStream();
                while (!over) {
                    // What could not be asked in time is not made up for: a flood is no closed loop in disguise.
                    next = Math.max(next + interval, System.nanoTime() - interval);
                    LockSupport.parkNanos(next - System.nanoTime());
                    out.write(REQUEST);
                    answered(in);
                }
            } catch (IOException closed) {
                failed.increment();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
    }

    private void answered(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0 || head.length() > LONGEST_ANSWER) {
                throw new IOException("no answer");
            }
            head.append((char) next);
        }
        in.skipNBytes(length(head.toString()));
        asked.increment();
        if (head.toString().startsWith("HTTP/1.1 429 ")) {
            limited.increment();
        }
    }

    private static long length(String head) throws IOException {
        for (String line : head.split("\r\n", -1)) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                return Long.parseLong(line.substring(15).strip());
            }
        }
        throw new IOException("an answer of unknown length");
    }

    FloodCount count() {
        return new FloodCount(asked.sum(), limited.sum(), failed.sum());
    }

    @Override
    public void close() {
        over = true;
        for (Thread thread : threads) {
            try {
                thread.join(TIMEOUT_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
