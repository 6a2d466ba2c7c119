package lethe.loadtest.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import lethe.loadtest.websocket.Incoming;
import lethe.loadtest.websocket.Mask;
import lethe.loadtest.websocket.OpeningRequest;
import org.junit.jupiter.api.Test;

class FramesTest {
    private final ByteArrayOutputStream client = new ByteArrayOutputStream();
    private final ByteBuf frames = Unpooled.buffer();
    private final Mask mask = new Mask(7);

    @Test
    void unmasksFramesOfAllLengths() {
        upgrade();
        String text = "a".repeat(125) + "b".repeat(126) + "c".repeat(70_000);
        frame(text.substring(0, 125));
        frame(text.substring(125, 251));
        frame(text.substring(251));
        assertThat(unmasked(0)).isEqualTo(text);
    }

    @Test
    void unmasksBehindOtherRequestsOfTheConnection() {
        client.writeBytes(ascii("PUT /v1/self/consent HTTP/1.1\r\nContent-Length: 4\r\n\r\nbody"));
        upgrade();
        frame("hello");
        assertThat(unmasked(0)).isEqualTo("hello");
    }

    @Test
    void leavesOutAFrameThatIsCutOff() {
        upgrade();
        frame("whole");
        frame("cut off");
        assertThat(unmasked(1)).isEqualTo("whole");
        assertThat(unmasked("cut off".length() + 3)).isEqualTo("whole");
    }

    @Test
    void findsNoFramesWhereNoWebSocketBegan() {
        client.writeBytes(ascii("GET / HTTP/1.1\r\nHost: h\r\n\r\n"));
        frame("nothing");
        assertThat(unmasked(0)).isEmpty();
    }

    private void upgrade() {
        client.writeBytes(new OpeningRequest("h", "/v1/socket", "lethe.v1.cbor").bytes());
    }

    private void frame(String text) {
        mask.write(Incoming.BINARY, ascii(text), frames);
    }

    private String unmasked(int less) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(client.toByteArray());
        byte[] written = new byte[frames.readableBytes()];
        frames.getBytes(0, written);
        all.writeBytes(Arrays.copyOf(written, written.length - less));
        return new String(Frames.unmask(all.toByteArray()).shared(), StandardCharsets.US_ASCII);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
