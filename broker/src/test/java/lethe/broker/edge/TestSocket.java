package lethe.broker.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import lethe.broker.edge.websocket.ClientBytes;
import lethe.core.identity.Opaque;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.ServerFrame;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Frames;

/** A phone's end of a socket, byte by byte: an honest one, until a test makes it say something else. */
final class TestSocket extends RawConnection {
    /** A frame of the server. */
    record Frame(int opcode, Opaque payload) {
        int closeCode() {
            return Short.toUnsignedInt(ByteBuffer.wrap(payload.toBytes()).getShort());
        }

        String closeText() {
            return new String(payload.toBytes(), 2, payload.length() - 2, StandardCharsets.UTF_8);
        }
    }

    private final DataInputStream data;
    private final Encoding encoding;
    final Opaque nonce;

    private TestSocket(TestEdge edge, Encoding encoding) throws IOException {
        super(edge);
        this.encoding = encoding;
        this.data = new DataInputStream(in);
        send(handshake(encoding.subProtocol()));
        assertThat(head()).startsWith("HTTP/1.1 101 ").contains("Sec-WebSocket-Protocol: " + encoding.subProtocol());
        this.nonce = ((ServerFrame.Challenge) next()).nonce();
    }

    static TestSocket open(TestEdge edge) throws IOException {
        return new TestSocket(edge, Encoding.CBOR);
    }

    static TestSocket openJson(TestEdge edge) throws IOException {
        return new TestSocket(edge, Encoding.JSON);
    }

    /** Up to and with {@code drained}. */
    static TestSocket connect(TestEdge edge, TestPhone phone) throws Exception {
        return connect(edge, phone, 32);
    }

    static TestSocket connect(TestEdge edge, TestPhone phone, int credit) throws Exception {
        TestSocket socket = open(edge).say(phone, credit);
        assertThat(socket.next()).isInstanceOf(ServerFrame.Welcome.class);
        assertThat(socket.next()).isInstanceOf(ServerFrame.Drained.class);
        return socket;
    }

    static String handshake(String subProtocol) {
        return "GET /v1/socket HTTP/1.1\r\nHost: broker\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Protocol: " + subProtocol + "\r\n\r\n";
    }

    TestSocket say(TestPhone phone, int credit) throws Exception {
        return send(phone.hello(nonce, credit));
    }

    TestSocket send(ClientFrame frame) throws IOException {
        Contract.holds(json(Frames.encode(Encoding.JSON, frame)));
        send(ClientBytes.client()
                .frame(encoding.isText() ? 0x81 : 0x82, Frames.encode(encoding, frame))
                .bytes());
        return this;
    }

    /** The next frame of Lethe; pings of the broker are passed over. */
    ServerFrame next() throws IOException {
        Frame frame = frame();
        while (frame.opcode() == 9) {
            frame = frame();
        }
        assertThat(frame.opcode()).isEqualTo(encoding.isText() ? 1 : 2);
        Decoded<ServerFrame> decoded =
                Frames.decodeServer(encoding, frame.payload().toBytes());
        assertThat(decoded).isInstanceOf(Decoded.Good.class);
        ServerFrame said = ((Decoded.Good<ServerFrame>) decoded).value();
        Contract.holds(json(encoding.isText() ? frame.payload().toBytes() : Frames.encode(Encoding.JSON, said)));
        return said;
    }

    /** The next close frame; what comes before it is passed over. */
    Frame closeFrame() throws IOException {
        Frame frame = frame();
        while (frame.opcode() != 8) {
            frame = frame();
        }
        return frame;
    }

    Frame frame() throws IOException {
        int first = data.readUnsignedByte();
        assertThat(first & 0xF0).as("a whole frame without reserved bits").isEqualTo(0x80);
        int length = data.readUnsignedByte();
        assertThat(length).as("a server does not mask").isLessThan(128);
        long size = length < 126 ? length : length == 126 ? data.readUnsignedShort() : data.readLong();
        return new Frame(first & 0x0F, Opaque.wrap(data.readNBytes((int) size)));
    }

    private static String json(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
