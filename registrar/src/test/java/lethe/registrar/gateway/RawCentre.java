package lethe.registrar.gateway;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import lethe.core.identity.Opaque;
import org.jspecify.annotations.Nullable;

/**
 * A centre that knows nothing of jSMPP: written from SMPP 3.4 (sections 3.2, 4.1, 4.4, 4.6 and 4.11), octet by octet.
 * It answers what and when it is told to, and says what a good centre never would.
 */
final class RawCentre implements AutoCloseable {
    static final int BIND_TRANSCEIVER = 0x09;
    static final int SUBMIT_SM = 0x04;
    static final int DELIVER_SM = 0x05;

    private static final int UNBIND = 0x06;
    private static final int ENQUIRE_LINK = 0x15;
    private static final int RESPONSE = 0x80000000;
    private static final int INVALID_PASSWORD = 0x0E;
    private static final int HEAD = 16;

    final BlockingQueue<Submitted> submitted = new LinkedBlockingQueue<>();
    final BlockingQueue<Integer> statusOfDeliveries = new LinkedBlockingQueue<>();
    final AtomicInteger binds = new AtomicInteger();
    final AtomicInteger enquiries = new AtomicInteger();

    private final ServerSocket listener;
    private final List<Peer> peers = new CopyOnWriteArrayList<>();
    private volatile @Nullable Peer bound;

    /** One submit_sm that waits for its answer. */
    record Submitted(Peer peer, int sequence, String number, int esmClass, int coding, Opaque message) {
        @Override
        public String toString() {
            return "Submitted[***]";
        }
    }

    RawCentre(ServerSocketFactory factory) throws IOException {
        listener = factory.createServerSocket(0, 8, InetAddress.getLoopbackAddress());
        start(() -> {
            while (true) {
                Peer peer = new Peer(listener.accept());
                peers.add(peer);
                start(peer::read);
            }
        });
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException gone) {
                        // Closed by either side.
                    }
                },
                "raw-centre");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    Submitted next() throws InterruptedException {
        Submitted next = submitted.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no SMS came");
        }
        return next;
    }

    /** Takes an SMS, or answers with a status. */
    void answer(Submitted sms, int status, String id) throws IOException {
        sms.peer().send(SUBMIT_SM | RESPONSE, status, sms.sequence(), status == 0 ? text(id) : new byte[0]);
    }

    /** A delivery receipt as a text, from a made-up number. */
    static byte[] receipt(String text) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(text(""));
        body.writeBytes(new byte[] {1, 1});
        body.writeBytes(text("4915110000001"));
        body.writeBytes(new byte[] {5, 0});
        body.writeBytes(text("Lethe"));
        // esm_class 4: a receipt; then protocol, priority, two times, registered, replace, coding, default message.
        body.writeBytes(new byte[] {4, 0, 0, 0, 0, 0, 0, 0, 0});
        byte[] said = text.getBytes(StandardCharsets.ISO_8859_1);
        body.write(said.length);
        body.writeBytes(said);
        return body.toByteArray();
    }

    /** Sends a body as a deliver_sm over the latest session, whatever it is. */
    void deliver(byte[] body) throws IOException {
        Objects.requireNonNull(bound).send(DELIVER_SM, 0, 77, body);
    }

    int statusOfDelivery() throws InterruptedException {
        Integer status = statusOfDeliveries.poll(20, TimeUnit.SECONDS);
        if (status == null) {
            throw new AssertionError("no answer to a delivery");
        }
        return status;
    }

    /** Cuts all connections, as a network does. */
    void cut() throws IOException {
        for (Peer peer : peers) {
            peer.socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }

    private static byte[] text(String text) {
        return (text + "\0").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A connection. */
    final class Peer {
        private final Socket socket;
        private final DataInputStream in;
        private final DataOutputStream out;

        Peer(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new DataInputStream(socket.getInputStream());
            this.out = new DataOutputStream(socket.getOutputStream());
        }

        void read() throws IOException {
            while (true) {
                int length = in.readInt();
                int command = in.readInt();
                int status = in.readInt();
                int sequence = in.readInt();
                byte[] body = in.readNBytes(length - HEAD);
                switch (command) {
                    case BIND_TRANSCEIVER -> bind(sequence, body);
                    case SUBMIT_SM -> submitted.add(submitted(sequence, body));
                    case DELIVER_SM | RESPONSE -> statusOfDeliveries.add(status);
                    case ENQUIRE_LINK -> {
                        enquiries.incrementAndGet();
                        send(ENQUIRE_LINK | RESPONSE, 0, sequence, new byte[0]);
                    }
                    case UNBIND -> send(UNBIND | RESPONSE, 0, sequence, new byte[0]);
                    default -> {
                        // Answers of no interest.
                    }
                }
            }
        }

        private void bind(int sequence, byte[] body) throws IOException {
            Fields fields = new Fields(body);
            fields.text();
            boolean known = fields.text().equals("sesame");
            // It does not name itself.
            send(BIND_TRANSCEIVER | RESPONSE, known ? 0 : INVALID_PASSWORD, sequence, new byte[] {0});
            if (known) {
                bound = this;
                binds.incrementAndGet();
            }
        }

        private Submitted submitted(int sequence, byte[] body) {
            Fields fields = new Fields(body);
            fields.text();
            fields.skip(2);
            fields.text();
            fields.skip(2);
            String number = fields.text();
            int esmClass = fields.octet();
            fields.skip(2);
            fields.text();
            fields.text();
            fields.skip(2);
            int coding = fields.octet();
            fields.skip(1);
            return new Submitted(this, sequence, number, esmClass, coding, Opaque.wrap(fields.octets(fields.octet())));
        }

        synchronized void send(int command, int status, int sequence, byte[] body) throws IOException {
            out.writeInt(HEAD + body.length);
            out.writeInt(command);
            out.writeInt(status);
            out.writeInt(sequence);
            out.write(body);
            out.flush();
        }
    }

    private static final class Fields {
        private final byte[] bytes;
        private int at;

        Fields(byte[] bytes) {
            this.bytes = bytes;
        }

        String text() {
            int from = at;
            while (bytes[at] != 0) {
                at++;
            }
            at++;
            return new String(bytes, from, at - 1 - from, StandardCharsets.ISO_8859_1);
        }

        int octet() {
            at++;
            return bytes[at - 1] & 0xff;
        }

        void skip(int octets) {
            at += octets;
        }

        byte[] octets(int count) {
            at += count;
            return Arrays.copyOfRange(bytes, at - count, at);
        }
    }
}
