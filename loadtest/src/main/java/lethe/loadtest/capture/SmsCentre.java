package lethe.loadtest.capture;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The least of a carrier's centre that a verifier needs: takes every SMS over SMPP 3.4, keeps it for whom it is for,
 * and asks for no password.
 */
final class SmsCentre implements AutoCloseable {
    private static final int HEADER = 16;
    private static final int LONGEST = 1 << 16;
    private static final int SUBMIT = 0x0000_0004;
    private static final int UNBIND = 0x0000_0006;
    private static final int BIND_TRANSCEIVER = 0x0000_0009;
    private static final int ENQUIRE_LINK = 0x0000_0015;
    private static final int ANSWER = 0x8000_0000;
    private static final int UNKNOWN_COMMAND = 3;

    private final ServerSocket server;
    private final BlockingQueue<Sms> taken = new LinkedBlockingQueue<>();

    /**
     * What came.
     *
     * @param to digits, without a plus sign
     */
    record Sms(String to, String text) {
        @Override
        public String toString() {
            return "Sms[***]";
        }
    }

    private SmsCentre(ServerSocket server) {
        this.server = server;
    }

    static SmsCentre open(InetAddress address) throws IOException {
        SmsCentre centre = new SmsCentre(new ServerSocket(0, 1, address));
        Thread thread = new Thread(centre::serve, "sms-centre");
        thread.setDaemon(true);
        thread.start();
        return centre;
    }

    int port() {
        return server.getLocalPort();
    }

    /** Writes the private file that a verifier wants. */
    Path file(Path file) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(
                file,
                "host=%s\nport=%d\nsystem=lethe\npassword=sesame\nsource=Lethe\n"
                        .formatted(server.getInetAddress().getHostAddress(), port()));
    }

    /** The next SMS. */
    Sms next(Duration bound) throws IOException, InterruptedException {
        Sms sms = taken.poll(bound.toMillis(), TimeUnit.MILLISECONDS);
        if (sms == null) {
            throw new IOException("no SMS came within " + bound.toSeconds() + " s");
        }
        return sms;
    }

    /** One verifier at a time: it binds anew when it was cut off. */
    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                while (true) {
                    answer(in, out);
                }
            } catch (IOException gone) {
                // The next one.
            }
        }
    }

    private void answer(DataInputStream in, DataOutputStream out) throws IOException {
        int length = in.readInt() - HEADER;
        int command = in.readInt();
        int status = in.readInt();
        int sequence = in.readInt();
        if (length < 0 || length > LONGEST || status != 0) {
            throw new IOException("not a request");
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException();
        }
        String said = command == BIND_TRANSCEIVER ? "centre" : command == SUBMIT ? "1" : null;
        if (command == SUBMIT) {
            taken.add(read(ByteBuffer.wrap(body)));
        }
        boolean known = said != null || command == UNBIND || command == ENQUIRE_LINK;
        write(out, known ? ANSWER | command : ANSWER, known ? 0 : UNKNOWN_COMMAND, sequence, said);
    }

    private static void write(DataOutputStream out, int command, int status, int sequence, @Nullable String said)
            throws IOException {
        byte[] text = said == null ? new byte[0] : (said + "\0").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer answer = ByteBuffer.allocate(HEADER + text.length);
        answer.putInt(answer.capacity())
                .putInt(command)
                .putInt(status)
                .putInt(sequence)
                .put(text);
        out.write(answer.array());
        out.flush();
    }

    /** Section 4.4.1, as far as an SMS of a single part needs it. */
    private static Sms read(ByteBuffer submit) {
        text(submit);
        submit.getShort();
        text(submit);
        submit.getShort();
        String to = text(submit);
        submit.position(submit.position() + 3);
        text(submit);
        text(submit);
        submit.position(submit.position() + 4);
        byte[] message = new byte[submit.get() & 0xff];
        submit.get(message);
        return new Sms(to, new String(message, StandardCharsets.US_ASCII));
    }

    private static String text(ByteBuffer submit) {
        StringBuilder text = new StringBuilder();
        for (byte next = submit.get(); next != 0; next = submit.get()) {
            text.append((char) next);
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
