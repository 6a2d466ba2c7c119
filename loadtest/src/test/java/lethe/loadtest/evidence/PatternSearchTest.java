package lethe.loadtest.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import lethe.core.identity.Opaque;
import org.junit.jupiter.api.Test;

class PatternSearchTest {
    private static final int CHUNK = PatternSearch.CHUNK;

    private final Random random = new Random(1);

    @Test
    void findsAPatternWhereverItLies() throws Exception {
        Opaque pattern = draw(40);
        for (int offset : new int[] {0, 1, CHUNK - 40, CHUNK - 20, CHUNK - 1, CHUNK, CHUNK + 39, 2 * CHUNK - 3}) {
            byte[] stream = new byte[3 * CHUNK];
            put(pattern, stream, offset);
            assertThat(search(List.of(pattern), stream)).containsExactly("0 at " + offset);
        }
    }

    @Test
    void findsAPatternThatIsTheEndOfTheStream() throws Exception {
        List<Opaque> patterns = List.of(draw(16), draw(500));
        for (int length : new int[] {16, 100, CHUNK - 1, CHUNK, CHUNK + 15, 2 * CHUNK + 7}) {
            byte[] stream = new byte[length];
            put(patterns.get(0), stream, length - 16);
            assertThat(search(patterns, stream)).containsExactly("0 at " + (length - 16));
        }
    }

    @Test
    void findsAllPatternsThatBeginAlike() throws Exception {
        Opaque longer = draw(64);
        Opaque shorter = Opaque.wrap(java.util.Arrays.copyOf(longer.shared(), 20));
        byte[] stream = new byte[200];
        put(longer, stream, 100);
        assertThat(search(List.of(longer, shorter), stream)).containsExactlyInAnyOrder("0 at 100", "1 at 100");
    }

    @Test
    void findsLongPatternsBesideTheShortestThereMayBe() throws Exception {
        List<Opaque> patterns = List.of(draw(40), draw(PatternSearch.SHORTEST));
        byte[] stream = new byte[CHUNK + 100];
        put(patterns.get(0), stream, CHUNK - 3);
        put(patterns.get(1), stream, CHUNK + 100 - PatternSearch.SHORTEST);
        assertThat(search(patterns, stream)).containsExactlyInAnyOrder("0 at " + (CHUNK - 3), "1 at " + (CHUNK + 93));
    }

    @Test
    void findsNothingInWhatOnlyBeginsAlike() throws Exception {
        Opaque pattern = draw(40);
        byte[] stream = new byte[200];
        put(pattern, stream, 100);
        stream[139]++;
        assertThat(search(List.of(pattern), stream)).isEmpty();
    }

    @Test
    void findsNothingInAStreamShorterThanAPattern() throws Exception {
        assertThat(search(List.of(draw(16)), new byte[15])).isEmpty();
        assertThat(search(List.of(draw(16)), new byte[0])).isEmpty();
        assertThat(search(List.of(), new byte[100])).isEmpty();
    }

    @Test
    void findsEachOfManyPatternsInNoise() throws Exception {
        byte[] stream = new byte[2 * CHUNK + 77];
        random.nextBytes(stream);
        List<Opaque> patterns = new ArrayList<>();
        var expected = new TreeSet<String>();
        for (int i = 0; i < 2_000; i++) {
            patterns.add(draw(16 + i % 50));
            put(patterns.get(i), stream, i * 1_000);
            expected.add(i + " at " + i * 1_000);
        }
        assertThat(search(patterns, stream)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void refusesAPatternThatChanceCouldMake() {
        assertThatThrownBy(() -> new PatternSearch(List.of(draw(40), draw(6))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Opaque draw(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Opaque.wrap(bytes);
    }

    private static void put(Opaque pattern, byte[] stream, int offset) {
        System.arraycopy(pattern.shared(), 0, stream, offset, pattern.length());
    }

    private static List<String> search(List<Opaque> patterns, byte[] stream) throws IOException {
        List<String> found = new ArrayList<>();
        new PatternSearch(patterns)
                .search(new ByteArrayInputStream(stream), (pattern, offset) -> found.add(pattern + " at " + offset));
        return found;
    }
}
