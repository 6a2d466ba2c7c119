package lethe.loadtest.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamsTest {
    private static final int CLIENT = 40_000;
    private static final int SERVER = 9_042;
    private static final int SYN = 2;
    private static final int ACK = 16;

    private final ByteArrayOutputStream capture = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    StreamsTest() {
        ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        capture.writeBytes(header.putInt(0xA1B2C3D4).array());
    }

    @Test
    void putsTogetherWhatLiesAcrossPackets() throws Exception {
        packet(CLIENT, SERVER, 100, "what lies acr");
        packet(SERVER, CLIENT, 7, "an answer");
        packet(CLIENT, SERVER, 113, "oss two packets");
        assertThat(streams()).containsExactly("what lies across two packets", "an answer");
    }

    @Test
    void takesOnceWhatWasSentAgain() throws Exception {
        packet(CLIENT, SERVER, 100, "once ");
        packet(CLIENT, SERVER, 100, "once ");
        packet(CLIENT, SERVER, 103, "e and no more");
        assertThat(streams()).containsExactly("once and no more");
    }

    @Test
    void goesOnWhereNumbersBeginAnew() throws Exception {
        packet(CLIENT, SERVER, -2, "abcd");
        packet(CLIENT, SERVER, 2, "efgh");
        assertThat(streams()).containsExactly("abcdefgh");
    }

    @Test
    void tellsAConnectionFromALaterOneWithTheSamePorts() throws Exception {
        packet(CLIENT, SERVER, 500, "the first");
        packet(CLIENT, SERVER, 99, SYN, "");
        packet(CLIENT, SERVER, 100, "the second");
        assertThat(streams()).containsExactly("the first", "the second");
    }

    @Test
    void refusesACaptureThatWasCutShort() throws Exception {
        packet(CLIENT, SERVER, 100, "what lies acr");
        byte[] whole = capture.toByteArray();
        Path file = Files.write(directory.resolve("cut.pcap"), Arrays.copyOf(whole, whole.length - 1));
        assertThatThrownBy(() -> Streams.of(file, directory.resolve("streams"))).isInstanceOf(EOFException.class);
    }

    private void packet(int from, int to, int sequence, String text) {
        packet(from, to, sequence, ACK, text);
    }

    /** With options in the TCP header, and the padding that a short Ethernet frame has. */
    private void packet(int from, int to, int sequence, int flags, String text) {
        byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
        int length = 20 + 32 + payload.length;
        ByteBuffer packet = ByteBuffer.allocate(14 + length + 6);
        packet.position(14);
        packet.put((byte) 0x45).put((byte) 0).putShort((short) length);
        packet.position(14 + 9);
        packet.put((byte) 6).putShort((short) 0).putInt(0x7F000001).putInt(0x7F000001);
        packet.putShort((short) from).putShort((short) to).putInt(sequence).putInt(0);
        packet.put((byte) 0x80).put((byte) flags);
        packet.position(14 + 20 + 32);
        packet.put(payload);
        ByteBuffer header = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        capture.writeBytes(header.putLong(0)
                .putInt(packet.capacity())
                .putInt(packet.capacity())
                .array());
        capture.writeBytes(packet.array());
    }

    private java.util.List<String> streams() throws IOException {
        Path file = Files.write(directory.resolve("packets.pcap"), capture.toByteArray());
        var texts = new java.util.ArrayList<String>();
        for (Path stream : Streams.of(file, directory.resolve("streams"))) {
            texts.add(Files.readString(stream));
        }
        return texts;
    }
}
