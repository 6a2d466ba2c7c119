package lethe.device;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import lethe.core.identity.Opaque;
import lethe.core.identity.SessionId;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.ServerFrame;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Frames;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** The broker's end of one WebSocket (RFC 6455), as a test drives it. */
public final class ScriptedSession {
    private static final Duration POLL = Duration.ofMillis(2);

    private static final Duration HEARTBEAT = Duration.ofSeconds(60);
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PATIENCE_MILLIS = 10_000;

    public static final Opaque NONCE = Given.bytes(new Random(5), 32);

    private final Socket socket;
    private final DataInputStream in;
    private final Encoding encoding;

    private ScriptedSession(Socket socket, Encoding encoding) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.encoding = encoding;
    }

    static ScriptedSession accept(Socket socket, ScriptedBroker.Request request) throws IOException {
        String protocol = request.headers().getOrDefault("sec-websocket-protocol", "");
        String key = request.headers().get("sec-websocket-key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
        String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + sha1(key) + "\r\nSec-WebSocket-Protocol: " + protocol + "\r\n\r\n";
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        socket.setSoTimeout(PATIENCE_MILLIS);
        return new ScriptedSession(socket, Encoding.ofSubProtocol(protocol).orElseThrow());
    }

    private static String sha1(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Challenge, hello, welcome. Returns the hello. */
    public ClientFrame.Hello welcome(int session, boolean resumed) {
        say(new ServerFrame.Challenge(NONCE));
        ClientFrame.Hello hello = next(ClientFrame.Hello.class);
        say(new ServerFrame.Welcome(sessionId(session), resumed, HEARTBEAT, 70_000, 1, Given.NOW));
        return hello;
    }

    public static SessionId sessionId(int number) {
        return new SessionId(Given.bytes(new Random(number), SessionId.LENGTH));
    }

    public void say(ServerFrame frame) {
        write(encoding.isText() ? TEXT : BINARY, Frames.encode(encoding, frame));
    }

    public void close(int code) {
        write(CLOSE, ByteBuffer.allocate(2).putShort((short) code).array());
    }

    /** Cuts the line, without a word. */
    public void cut() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void write(int opcode, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(0x80 | opcode);
        if (payload.length < 126) {
            frame.write(payload.length);
        } else {
            frame.write(126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        }
        frame.writeBytes(payload);
        try {
            socket.getOutputStream().write(frame.toByteArray());
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the phone has said something that was not read yet. */
    public boolean hasFrame() {
        try {
            return in.available() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a frame comes within this time. */
    public boolean hasFrameWithin(Duration time) {
        try {
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(POLL)
                    .atMost(time)
                    .until(this::hasFrame);
            return true;
        } catch (ConditionTimeoutException nothing) {
            return false;
        }
    }

    /** The next frame of this kind; pings in between are skipped, anything else is an error. */
    public <T extends ClientFrame> T next(Class<T> kind) {
        ClientFrame frame = next();
        while (frame instanceof ClientFrame.Ping && kind != ClientFrame.Ping.class) {
            frame = next();
        }
        if (!kind.isInstance(frame)) {
            throw new AssertionError("said " + frame + " instead of " + kind.getSimpleName());
        }
        return kind.cast(frame);
    }

    /** The next frame, whatever it is and however long it takes; null at the end. */
    @Nullable
    ClientFrame hear() {
        try {
            socket.setSoTimeout(0);
            byte[] payload = message();
            return Frames.decodeClient(encoding, payload) instanceof Decoded.Good<ClientFrame> good
                    ? good.value()
                    : fail();
        } catch (IOException e) {
            return null;
        }
    }

    private ClientFrame next() {
        try {
            byte[] payload = message();
            return Frames.decodeClient(encoding, payload) instanceof Decoded.Good<ClientFrame> good
                    ? good.value()
                    : fail();
        } catch (IOException e) {
            throw new AssertionError("the phone says nothing more", e);
        }
    }

    private static ClientFrame fail() {
        throw new AssertionError("the phone says what is no frame");
    }

    private byte[] message() throws IOException {
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte() & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = (int) in.readLong();
        }
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes(length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        if ((first & 0x0f) == CLOSE) {
            throw new IOException("closed");
        }
        return payload;
    }

    /** Waits until the phone closes or the line is cut, and says nothing else. */
    public void awaitEnd() {
        try {
            byte[] payload = message();
            throw new AssertionError("said a frame of " + payload.length + " bytes instead of leaving");
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the phone stays", e);
        } catch (IOException e) {
            cut();
        }
    }
}
