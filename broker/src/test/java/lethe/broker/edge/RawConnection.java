package lethe.broker.edge;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A TCP connection that says what no HTTP client would, and reads what comes back. */
class RawConnection implements Closeable {
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: ([0-9]+)");

    final Socket socket;
    final InputStream in;

    RawConnection(TestEdge edge) throws IOException {
        this(edge, "127.0.0.1");
    }

    /**
     * From an address of this machine.
     *
     * @param from on the loopback, all of which Linux has
     */
    RawConnection(TestEdge edge, String from) throws IOException {
        socket = new Socket();
        socket.bind(new InetSocketAddress(from, 0));
        socket.setReceiveBufferSize(16 * 1024);
        socket.connect(edge.address(), 5_000);
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
    }

    RawConnection send(String ascii) throws IOException {
        return send(ascii.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawConnection send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Everything until the end of the connection; a reset counts as its end. */
    String rest() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            in.transferTo(all);
        } catch (IOException reset) {
            all.writeBytes(new byte[0]);
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    /** One head of an answer, up to and with its empty line. */
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return head.toString();
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** The body that a head announces. */
    String body(String head) throws IOException {
        Matcher length = LENGTH.matcher(head);
        return length.find()
                ? new String(in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.UTF_8)
                : "";
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
