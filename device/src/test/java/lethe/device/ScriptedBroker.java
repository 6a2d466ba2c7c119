package lethe.device;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import lethe.core.identity.Opaque;
import org.jspecify.annotations.Nullable;

/** A broker on a real socket of the loopback that says what a test tells it to. Speaks as much HTTP as a phone does. */
public final class ScriptedBroker implements AutoCloseable {
    /** One HTTP request. Names of headers are in lower case. */
    public record Request(String method, String path, Map<String, String> headers, Opaque body) {}

    /** One HTTP answer. */
    public record Response(int status, String type, Opaque body) {}

    /** CR LF CR LF. */
    private static final int END_OF_HEAD = 0x0d0a0d0a;

    private final ServerSocket server;
    private final Function<Request, Response> resources;
    private final BlockingQueue<ScriptedSession> sessions = new LinkedBlockingQueue<>();
    private final Consumer<ScriptedSession> onSession;
    private final List<Socket> open = new ArrayList<>();
    public final List<Request> requests = new ArrayList<>();

    public ScriptedBroker(Function<Request, Response> resources) {
        this(resources, 0);
    }

    /** On a given port, as a broker that came up again. */
    public ScriptedBroker(Function<Request, Response> resources, int port) {
        this(resources, port, null);
    }

    /** Whose sessions are not waited for, but served: each on a thread of its own. */
    ScriptedBroker(Function<Request, Response> resources, Consumer<ScriptedSession> serving) {
        this(resources, 0, serving);
    }

    private ScriptedBroker(
            Function<Request, Response> resources, int port, @Nullable Consumer<ScriptedSession> serving) {
        this.resources = resources;
        this.onSession = serving == null ? sessions::add : serving;
        try {
            server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::acceptAll);
    }

    public int port() {
        return server.getLocalPort();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** The next session that a phone opens. */
    public ScriptedSession session() throws InterruptedException {
        ScriptedSession session = sessions.poll(10, TimeUnit.SECONDS);
        if (session == null) {
            throw new AssertionError("no phone came");
        }
        return session;
    }

    public boolean hasSession() {
        return !sessions.isEmpty();
    }

    public synchronized int connections() {
        return open.size();
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                synchronized (this) {
                    open.add(socket);
                    if (server.isClosed()) {
                        socket.close(); // it came in while the broker went down
                    }
                }
                daemon(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "scripted-broker");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket socket) {
        try {
            Request request = read(socket.getInputStream());
            while (request != null) {
                synchronized (this) {
                    requests.add(request);
                }
                if (request.headers().containsKey("upgrade")) {
                    onSession.accept(ScriptedSession.accept(socket, request));
                    return;
                }
                answer(socket, resources.apply(request));
                request = read(socket.getInputStream());
            }
        } catch (IOException e) {
            // the phone left, or the test cut the line
        }
    }

    private static @Nullable Request read(InputStream in) throws IOException {
        String head = head(in);
        if (head.isEmpty()) {
            return null;
        }
        String[] lines = head.split("\r\n", -1);
        String[] first = lines[0].split(" ", -1);
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] header = lines[i].split(":", 2);
            headers.put(header[0].toLowerCase(Locale.ROOT), header[1].strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Request(first[0], first[1], headers, Opaque.wrap(in.readNBytes(length)));
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int lastFour = 0;
        while (lastFour != END_OF_HEAD) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.write(next);
            lastFour = lastFour << 8 | next;
        }
        return head.toString(StandardCharsets.US_ASCII).strip();
    }

    private static void answer(Socket socket, Response response) throws IOException {
        byte[] body = response.body().shared();
        String head = "HTTP/1.1 " + response.status() + " x\r\nContent-Type: " + response.type()
                + "\r\nContent-Length: " + body.length + "\r\n\r\n";
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        whole.writeBytes(body);
        socket.getOutputStream().write(whole.toByteArray());
        socket.getOutputStream().flush();
    }

    @Override
    public synchronized void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
