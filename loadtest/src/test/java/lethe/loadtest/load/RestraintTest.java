package lethe.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RestraintTest {
    private static final Duration TOLD = Duration.ofSeconds(1);

    private final Restraint restraint = new Restraint(10, new Random(1));

    @Test
    void waitsAtLeastAsLongAsItWasToldAndNotMuchMoreThanTwice() {
        assertThat(restraint.refused(TOLD, 2))
                .isBetween(TOLD.toNanos(), TOLD.multipliedBy(2).plusMillis(20).toNanos());
    }

    @Test
    void waitsLongerWithEachTimeInARow() {
        long first = restraint.refused(Duration.ZERO, 2);
        for (int i = 0; i < 8; i++) {
            restraint.refused(Duration.ZERO, 2);
        }
        assertThat(restraint.refused(Duration.ZERO, 2)).isGreaterThan(10 * first);
    }

    @Test
    void goesOnWithHalfOfWhatWasUnderWayAndDoublesWithEachThatIsDone() {
        assertThat(restraint.allowed()).isEqualTo(10);
        restraint.refused(TOLD, 2);
        assertThat(restraint.allowed()).isEqualTo(1);
        restraint.done();
        restraint.done();
        assertThat(restraint.allowed()).isEqualTo(4);
        restraint.done();
        restraint.done();
        assertThat(restraint.allowed()).isEqualTo(10);
    }
}
