package lethe.loadtest.seizure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TriedTest {
    private static final int MANY = 200_000;

    @Test
    void knowsWhatWasTriedHoweverMuchItIs() {
        SomeSealed random = new SomeSealed(new Random(11));
        List<byte[]> candidates = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            candidates.add(random.draw(32));
        }
        Tried tried = new Tried();
        assertThat(candidates).noneMatch(tried::contains);
        candidates.forEach(tried::add);
        assertThat(candidates).allMatch(tried::contains);
    }

    @Test
    void tellsApartWhatDiffersInOneByte() {
        Tried tried = new Tried();
        byte[] candidate = new byte[32];
        for (int i = 0; i < candidate.length; i++) {
            candidate[i] = 1;
            assertThat(tried.contains(candidate)).as("byte %d", i).isFalse();
            tried.add(candidate);
            candidate[i] = 0;
        }
    }
}
