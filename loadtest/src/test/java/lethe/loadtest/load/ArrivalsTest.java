package lethe.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final long SENT = 10;

    private final Arrivals arrivals = new Arrivals();

    private void come(long... numbers) {
        for (long number : numbers) {
            arrivals.add(number, SENT);
        }
    }

    @Test
    void findNothingWrongWithOrder() {
        come(0, 1, 2, 3);
        assertThat(arrivals.reordered()).isZero();
        assertThat(arrivals.duplicated()).isZero();
        assertThat(arrivals.has(3)).isTrue();
        assertThat(arrivals.has(4)).isFalse();
    }

    @Test
    void countWhatComesAfterAHigherNumber() {
        come(0, 3, 1, 2);
        assertThat(arrivals.reordered()).isEqualTo(2);
        assertThat(arrivals.duplicated()).isZero();
    }

    @Test
    void knowWhatIsMissing() {
        come(0, 2);
        assertThat(arrivals.has(1)).isFalse();
        assertThat(arrivals.has(2)).isTrue();
    }

    @Test
    void countWhatComesTwice() {
        come(0, 1, 1, 3, 2, 2);
        assertThat(arrivals.duplicated()).isEqualTo(2);
        assertThat(arrivals.reordered()).isEqualTo(1);
    }

    @Test
    void refuseWhatWasNeverSent() {
        assertThatThrownBy(() -> come(SENT)).isInstanceOf(IllegalArgumentException.class);
    }
}
