package lethe.loadtest.seizure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CandidatesTest {
    private static final int CHUNK = 1 << 20;

    private final byte[] key = new SomeSealed(new Random(3)).draw(32);

    @Test
    void showsAKeyWhereverItLies() throws Exception {
        for (int offset : new int[] {0, 8, CHUNK - 32, CHUNK - 16, CHUNK - 4, CHUNK, 2 * CHUNK + 12}) {
            byte[] stream = new byte[offset + 32];
            System.arraycopy(key, 0, stream, offset, 32);
            assertThat(in(stream, 4)).as("at %d", offset).anyMatch(found -> java.util.Arrays.equals(found, key));
        }
    }

    @Test
    void showsEachPlaceOnce() throws Exception {
        byte[] stream = new byte[3 * CHUNK];
        System.arraycopy(key, 0, stream, CHUNK - 12, 32);
        assertThat(in(stream, 4))
                .filteredOn(found -> java.util.Arrays.equals(found, key))
                .hasSize(1);
    }

    @Test
    void showsNoTextAndNoZeros() throws Exception {
        byte[] text = "what people write has fewer different letters than a key has bytes, "
                .repeat(1_000)
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(in(text, 4)).isEmpty();
        assertThat(in(new byte[CHUNK + 5], 4)).isEmpty();
    }

    @Test
    void showsWhatIsAlignedOnly() throws Exception {
        byte[] stream = new byte[100];
        System.arraycopy(key, 0, stream, 12, 32);
        assertThat(in(stream, 8)).noneMatch(found -> java.util.Arrays.equals(found, key));
    }

    private static List<byte[]> in(byte[] stream, int step) throws IOException {
        List<byte[]> shown = new ArrayList<>();
        Candidates.in(new ByteArrayInputStream(stream), step, shown::add);
        return shown;
    }
}
