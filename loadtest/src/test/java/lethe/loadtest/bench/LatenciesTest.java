package lethe.loadtest.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    private final Latencies latencies = new Latencies();

    @Test
    void areNothingAtFirst() {
        assertThat(latencies.percentile(0.5)).isZero();
        assertThat(latencies.total()).isZero();
    }

    @Test
    void areExactWhenSmall() {
        for (int micros = 0; micros < 10; micros++) {
            latencies.count(micros);
        }
        assertThat(latencies.percentile(0.5)).isEqualTo(4);
        assertThat(latencies.percentile(1)).isEqualTo(9);
    }

    @Test
    void agreeWithSorting() {
        for (long seed = 0; seed < 50; seed++) {
            var random = new Random(seed);
            var counted = new Latencies();
            long[] all = random.longs(2_000, 1, 1L << (4 + random.nextInt(40))).toArray();
            Arrays.stream(all).forEach(counted::count);
            Arrays.sort(all);
            for (double part : new double[] {0.01, 0.5, 0.9, 0.99, 1}) {
                long exact = all[(int) Math.ceil(all.length * part) - 1];
                assertThat(counted.percentile(part))
                        .as("seed %d, part %s", seed, part)
                        .isGreaterThanOrEqualTo(exact)
                        .isCloseTo(exact, Percentage.withPercentage(6.3));
            }
        }
    }
}
