package lethe.broker.edge.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random bytes: the decoder never throws, never exceeds its bound, and does not care how they are cut into pieces. */
class FrameDecoderFuzzTest {
    private static final int BOUND = 4096;
    private static final int TRIALS = 20_000;

    @Test
    void findsTheSameHoweverTheBytesAreCut() {
        for (long seed = 0; seed < TRIALS; seed++) {
            byte[] bytes = mostlyFrames(new Random(seed));
            assertThat(inPieces(bytes, new Random(seed))).as("seed %d", seed).isEqualTo(inPieces(bytes, null));
        }
    }

    @Test
    void judgesTextsAsTheJdkDoes() {
        for (long seed = 0; seed < TRIALS; seed++) {
            byte[] text = mostlyUtf8(new Random(seed));
            Utf8Check check = new Utf8Check();
            boolean accepted = check.accepts(text, 0, text.length) && check.complete();
            assertThat(accepted).as("seed %d", seed).isEqualTo(jdkAccepts(text));
        }
    }

    @Test
    void readsBackWhatABufferWritesOnceItIsMasked() {
        Random random = new Random(7);
        for (int trial = 0; trial < 500; trial++) {
            byte[] payload = new byte[random.nextInt(BOUND)];
            random.nextBytes(payload);
            FrameBuffer buffer = new FrameBuffer();
            buffer.addMessage(Incoming.Kind.BINARY, payload.length).put(payload);
            byte[] sent = buffer.take();
            assertThat(sent)
                    .hasSize(payload.length + (payload.length < 126 ? 2 : 4))
                    .endsWith(payload);
        }
    }

    private static List<Incoming> inPieces(byte[] bytes, @org.jspecify.annotations.Nullable Random cuts) {
        FrameDecoder decoder = new FrameDecoder(BOUND);
        List<Incoming> found = new ArrayList<>();
        int from = 0;
        while (from < bytes.length) {
            int length = cuts == null ? bytes.length : 1 + cuts.nextInt(Math.min(40, bytes.length - from));
            FrameDecoderTest.drain(decoder, ByteBuffer.wrap(bytes, from, Math.min(length, bytes.length - from)), found);
            from += length;
        }
        return found;
    }

    private static byte[] mostlyFrames(Random random) {
        ClientBytes bytes = ClientBytes.client();
        int[] openings = {0x81, 0x82, 0x01, 0x02, 0x00, 0x80, 0x89, 0x8A, 0x88};
        for (int i = random.nextInt(6); i >= 0; i--) {
            byte[] payload = random.nextInt(4) == 0 ? new byte[random.nextInt(BOUND)] : mostlyUtf8(random);
            bytes.frame(openings[random.nextInt(openings.length)], payload);
        }
        byte[] whole = bytes.bytes();
        for (int i = random.nextInt(3); i > 0; i--) {
            whole[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return whole;
    }

    private static byte[] mostlyUtf8(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            text.appendCodePoint(random.nextInt(random.nextBoolean() ? 0x80 : 0xD800));
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && random.nextBoolean()) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static boolean jdkAccepts(byte[] text) {
        try {
            CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return decoded != null;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
