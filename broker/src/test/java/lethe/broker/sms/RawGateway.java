package lethe.broker.sms;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lethe.core.identity.Opaque;
import lethe.core.protocol.Problem;
import lethe.wire.Encoding;
import lethe.wire.Payloads;

/** What listens where a gateway should, and says whatever it is told to, byte for byte. */
final class RawGateway implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)");

    private final ServerSocket listener;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Function<Request, Reply> behaviour;

    /** A request as it came. */
    record Request(String method, String target, String head, Opaque body) {}

    /** What is said to it. */
    sealed interface Reply {
        /** These bytes, and then the next request. */
        record Bytes(Opaque bytes) implements Reply {}

        /** These bytes, and the end. */
        record Cut(Opaque bytes) implements Reply {}

        /** Nothing more; the connection stays. */
        record Silence(Opaque bytes) implements Reply {}
    }

    RawGateway(Function<Request, Reply> behaviour) throws IOException {
        this(0, behaviour);
    }

    /** @param port 0 for a free one */
    RawGateway(int port, Function<Request, Reply> behaviour) throws IOException {
        this.behaviour = behaviour;
        this.listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        thread(this::accept).start();
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "raw-gateway");
        thread.setDaemon(true);
        return thread;
    }

    void behave(Function<Request, Reply> other) {
        behaviour = other;
    }

    List<Request> requests() {
        return requests;
    }

    int connections() {
        return connections.size();
    }

    int port() {
        return listener.getLocalPort();
    }

    GatewaySettings settings(int atOnce, int waiting, Duration within) {
        URI url = URI.create("http://127.0.0.1:" + port());
        return new GatewaySettings(url, Path.of(""), Path.of(""), Path.of(""), atOnce, waiting, within);
    }

    static Reply good(int status, Record body) {
        return good(status, Encoding.CBOR, body);
    }

    static Reply good(int status, Encoding encoding, Record body) {
        return answer(status, "Content-Type: " + encoding.mediaType() + "\r\n", Payloads.encode(encoding, body));
    }

    static Reply refused(int status, String headers, Problem problem) {
        return answer(
                status,
                headers + "Content-Type: application/problem+json\r\n",
                Payloads.encode(Encoding.JSON, problem));
    }

    static Reply answer(int status, String headers, byte[] body) {
        return new Reply.Bytes(bytes(status, headers + "Content-Length: " + body.length + "\r\n", body));
    }

    static Opaque bytes(int status, String headers, byte[] body) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(("HTTP/1.1 " + status + " X\r\n" + headers + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(body);
        return Opaque.wrap(all.toByteArray());
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                connections.add(connection);
                thread(() -> serve(connection)).start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            DataInputStream in = new DataInputStream(connection.getInputStream());
            OutputStream out = connection.getOutputStream();
            while (true) {
                Request request = read(in);
                requests.add(request);
                Reply reply = behaviour.apply(request);
                if (reply instanceof Reply.Bytes bytes) {
                    out.write(bytes.bytes().shared());
                    out.flush();
                } else if (reply instanceof Reply.Cut cut) {
                    out.write(cut.bytes().shared());
                    out.flush();
                    return;
                } else {
                    out.write(((Reply.Silence) reply).bytes().shared());
                    out.flush();
                    // Until the other side goes.
                    in.read();
                    return;
                }
            }
        } catch (IOException gone) {
            // The client's.
        } finally {
            connections.remove(connection);
        }
    }

    private static Request read(DataInputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        Matcher length = LENGTH.matcher(head);
        byte[] body = new byte[length.find() ? Integer.parseInt(length.group(1)) : 0];
        in.readFully(body);
        String[] words = head.toString().split(" ", 3);
        return new Request(words[0], words[1], head.toString(), Opaque.wrap(body));
    }

    /** Ends all connections. */
    void cut() throws IOException {
        for (Socket connection : connections) {
            connection.close();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }
}
