package lethe.broker.edge.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FrameBufferTest {
    private final FrameBuffer buffer = new FrameBuffer();

    @Test
    void writesTheUnmaskedHelloOfTheRfc() {
        buffer.addMessage(Incoming.Kind.TEXT, 5).put(ClientBytes.ascii("Hello"));
        assertThat(buffer.take()).containsExactly(0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f);
    }

    @Test
    void writesTheLengthsOfTheRfc() {
        buffer.addMessage(Incoming.Kind.BINARY, 256);
        assertThat(buffer.take()).startsWith(0x82, 0x7E, 0x01, 0x00).hasSize(260);
        buffer.addMessage(Incoming.Kind.BINARY, 65_536);
        assertThat(buffer.take()).startsWith(0x82, 0x7F, 0, 0, 0, 0, 0, 1, 0, 0).hasSize(65_546);
    }

    @Test
    void letsEverythingThatWaitsLeaveInOnePiece() {
        buffer.addPong(ClientBytes.ascii("a"));
        buffer.addMessage(Incoming.Kind.BINARY, 1).put((byte) 7);
        assertThat(buffer.take()).containsExactly(0x8A, 1, 'a', 0x82, 1, 7);
        assertThat(buffer.isEmpty()).isTrue();
    }

    /** A loop's buffer lives as long as the loop. */
    @Test
    void leavesNothingOfWhatItCarried() {
        buffer.addMessage(Incoming.Kind.TEXT, 5).put(ClientBytes.ascii("Hello"));
        byte[] carried = buffer.view().array();
        buffer.clear();

        assertThat(buffer.isEmpty()).isTrue();
        assertThat(carried).containsOnly(0);
    }

    @Test
    void cutsAReasonBetweenCharacters() {
        buffer.addClose(1008, "x" + "€".repeat(60));
        byte[] frame = buffer.take();
        assertThat(frame).hasSizeLessThanOrEqualTo(2 + Opcode.CONTROL_BOUND);
        assertThat(new String(frame, 4, frame.length - 4, StandardCharsets.UTF_8))
                .isEqualTo("x" + "€".repeat(40));
    }
}
