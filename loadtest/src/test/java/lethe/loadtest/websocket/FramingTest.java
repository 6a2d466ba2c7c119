package lethe.loadtest.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FramingTest {
    private static final int[] LENGTHS = {0, 1, 7, 8, 9, 125, 126, 127, 255, 65_535, 65_536, 100_001};

    private final Incoming incoming = new Incoming();

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }

    /** As RFC 6455, section 5.3 has it, byte by byte. */
    private static byte[] unmasked(ByteBuf frame) {
        int head = frame.readUnsignedByte();
        assertThat(head).isEqualTo(0x80 | Incoming.BINARY);
        int second = frame.readUnsignedByte();
        assertThat(second & 0x80).isNotZero();
        int low = second & 0x7f;
        long length = low < 126 ? low : low == 126 ? frame.readUnsignedShort() : frame.readLong();
        byte[] key = new byte[4];
        frame.readBytes(key);
        byte[] content = new byte[(int) length];
        frame.readBytes(content);
        for (int i = 0; i < content.length; i++) {
            content[i] ^= key[i % 4];
        }
        return content;
    }

    private static ByteBuf served(int opcode, byte[] content) {
        ByteBuf frame = Unpooled.buffer().writeByte(0x80 | opcode);
        if (content.length < 126) {
            frame.writeByte(content.length);
        } else if (content.length < 65_536) {
            frame.writeByte(126).writeShort(content.length);
        } else {
            frame.writeByte(127).writeLong(content.length);
        }
        return frame.writeBytes(content);
    }

    @Test
    void masksWhatAServerUnmasks() {
        var mask = new Mask(42);
        for (int length : LENGTHS) {
            var frame = Unpooled.buffer();
            mask.write(Incoming.BINARY, content(length), frame);
            assertThat(unmasked(frame)).as("%d bytes", length).isEqualTo(content(length));
            assertThat(frame.isReadable()).isFalse();
        }
    }

    @Test
    void masksEachFrameByAnotherKey() {
        var mask = new Mask(42);
        var one = Unpooled.buffer();
        var other = Unpooled.buffer();
        mask.write(Incoming.BINARY, content(20), one);
        mask.write(Incoming.BINARY, content(20), other);
        assertThat(one).isNotEqualTo(other);
    }

    @Test
    void takesAServersFrames() {
        for (int length : LENGTHS) {
            var in = served(Incoming.BINARY, content(length)).writeBytes(served(Incoming.PING, content(3)));
            assertThat(incoming.next(in)).isTrue();
            assertThat(incoming.opcode()).isEqualTo(Incoming.BINARY);
            assertThat(incoming.length()).isEqualTo(length);
            in.skipBytes(length);
            assertThat(incoming.next(in)).isTrue();
            assertThat(incoming.opcode()).isEqualTo(Incoming.PING);
        }
    }

    @Test
    void waitsForTheWholeFrame() {
        var whole = served(Incoming.BINARY, content(300));
        for (int length = 0; length < whole.readableBytes(); length++) {
            var part = whole.copy(0, length);
            assertThat(incoming.next(part)).as("%d bytes", length).isFalse();
            assertThat(part.readerIndex()).isZero();
        }
    }

    @Test
    void refusesFragmentsAndMasks() {
        var fragment = Unpooled.wrappedBuffer(new byte[] {Incoming.BINARY, 0});
        assertThatThrownBy(() -> incoming.next(fragment)).isInstanceOf(IllegalArgumentException.class);
        var masked = Unpooled.buffer();
        new Mask(1).write(Incoming.BINARY, content(2), masked);
        assertThatThrownBy(() -> incoming.next(masked)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void objectsToAnAnswerThatIsNoWebSocket() {
        var opening = new OpeningRequest("h", "/p", "x.v1");
        assertThat(opening.objection("HTTP/1.1 429 Too Many Requests")).contains("429");
        assertThat(opening.objection("HTTP/1.1 101 Switching Protocols")).contains("Accept");
    }
}
