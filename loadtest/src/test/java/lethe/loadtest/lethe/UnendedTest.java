package lethe.loadtest.lethe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class UnendedTest {
    private final Unended unended = new Unended();

    @Test
    void knowNoPredecessorOfTheFirst() {
        assertThat(unended.before(0)).isEqualTo(Unended.NONE);
    }

    @Test
    void nameTheLastThatHasNotEnded() {
        unended.end(1);
        assertThat(unended.before(2)).isZero();
        unended.end(0);
        assertThat(unended.before(2)).isEqualTo(Unended.NONE);
    }

    @Test
    void agreeWithASet() {
        for (long seed = 0; seed < 10; seed++) {
            var random = new Random(seed);
            var bits = new Unended();
            var set = new TreeSet<Long>();
            for (long number = 0; number < 20_000; number++) {
                Long before = set.lower(number);
                assertThat(bits.before(number)).as("seed %d", seed).isEqualTo(before == null ? Unended.NONE : before);
                set.add(number);
                while (set.size() > random.nextInt(40)) {
                    Long ends = random.nextBoolean() ? set.first() : set.last();
                    set.remove(ends);
                    bits.end(ends);
                }
            }
        }
    }
}
