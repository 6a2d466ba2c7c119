package lethe.core.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import lethe.core.Trials;
import org.junit.jupiter.api.Test;

class PacesTest {
    private static final Instant START = Instant.parse("2026-11-28T00:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Paces paces = new Paces(10, SECOND, 3, 4);

    @Test
    void takesABurstThenSoManyInTheLongRun() {
        for (int i = 0; i < 3; i++) {
            assertThat(paces.take(1, START)).isEmpty();
        }
        assertThat(paces.take(1, START)).contains(Duration.ofMillis(100));
        assertThat(paces.take(1, START.plusMillis(99))).contains(Duration.ofMillis(1));
        assertThat(paces.take(1, START.plusMillis(100))).isEmpty();
        assertThat(paces.take(1, START.plusMillis(100))).isPresent();
    }

    @Test
    void countsEachForItself() {
        exhaust(1);

        assertThat(paces.take(2, START)).isEmpty();
        assertThat(paces.take(1, START)).isPresent();
    }

    @Test
    void forgetsNobodyWhileThereIsRoom() {
        for (long label = 1; label <= 4; label++) {
            exhaust(label);
        }
        for (long label = 1; label <= 4; label++) {
            assertThat(paces.take(label, START)).as("label " + label).isPresent();
        }
    }

    @Test
    void forgetsWhoeverIsClosestToIdlenessWhenItIsFull() {
        for (long label = 1; label <= 3; label++) {
            exhaust(label);
        }
        paces.take(4, START);

        assertThat(paces.take(5, START)).isEmpty();
        for (long label = 1; label <= 3; label++) {
            assertThat(paces.take(label, START)).as("label " + label).isPresent();
        }
    }

    @Test
    void neverLetsMoreThroughThanBurstAndRateAllow() {
        Trials.forAll(random -> {
            int perSecond = 1 + random.nextInt(50);
            int burst = 1 + random.nextInt(20);
            Paces tried = new Paces(perSecond, SECOND, burst, 1);
            Instant now = START;
            long taken = 0;
            for (int i = 0; i < 500; i++) {
                now = now.plusMillis(random.nextInt(40));
                if (tried.take(7, now).isEmpty()) {
                    taken++;
                }
            }
            double most = burst + Duration.between(START, now).toMillis() / 1_000.0 * perSecond + 1;
            assertThat((double) taken).isLessThanOrEqualTo(most);
        });
    }

    @Test
    void letsThroughWhoeverWaitsAsLongAsItWasTold() {
        Trials.forAll(random -> {
            Paces tried = new Paces(1 + random.nextInt(50), SECOND, 1 + random.nextInt(20), 1);
            Instant now = START;
            for (int i = 0; i < 200; i++) {
                var wait = tried.take(7, now);
                if (wait.isPresent()) {
                    now = now.plus(wait.get());
                    assertThat(tried.take(7, now)).isEmpty();
                }
            }
        });
    }

    @Test
    void isNoPaceWithoutSteps() {
        assertThatThrownBy(() -> new Paces(0, SECOND, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Paces(1, SECOND, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Paces(1, SECOND, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private void exhaust(long label) {
        for (int i = 0; i < 3; i++) {
            assertThat(paces.take(label, START)).isEmpty();
        }
    }
}
