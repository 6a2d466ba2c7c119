package lethe.device.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import lethe.device.Trials;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LAST = Duration.ofMinutes(5);

    @Test
    void staysWithinABoundThatDoublesUpToTheLast() {
        Trials.forAll(100, random -> {
            Backoff backoff = new Backoff(FIRST, LAST, random);
            for (int attempt = 0; attempt < 70; attempt++) {
                long bound = Math.min(LAST.toMillis(), FIRST.toMillis() << Math.min(attempt, 20));
                assertThat(backoff.next()).isBetween(Duration.ZERO, Duration.ofMillis(bound));
            }
        });
    }

    @Test
    void spreadsPhonesOverTheWholeBound() {
        Backoff backoff = new Backoff(Duration.ofMillis(9), Duration.ofMillis(9), new Random(1));
        int[] counts = new int[10];
        for (int i = 0; i < 10_000; i++) {
            counts[(int) backoff.next().toMillis()]++;
        }
        assertThat(Arrays.stream(counts)).allMatch(count -> count > 800 && count < 1_200);
    }

    @Test
    void beginsAnewOnceSomethingWorked() {
        Trials.forAll(100, random -> {
            Backoff backoff = new Backoff(FIRST, LAST, random);
            for (int attempt = 0; attempt < 20; attempt++) {
                backoff.next();
            }
            backoff.reset();
            assertThat(backoff.next()).isLessThanOrEqualTo(FIRST);
        });
    }
}
