package lethe.broker.loops;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LagTest {
    private static final long LATE = 1_000;
    private static final long VERY_LATE = 5_000;

    private long now = -5_000;
    private final Lag lag = new Lag(() -> now, LATE, VERY_LATE);

    @Test
    void isFineUntilSomethingWaitsLongerThanItMay() {
        now += Lag.EVERY_NANOS + LATE;
        assertThat(lag.isLate()).isFalse();

        now++;
        assertThat(lag.isLate()).isTrue();
    }

    @Test
    void isVeryLateWithItsSecondBound() {
        now += Lag.EVERY_NANOS + VERY_LATE;
        assertThat(lag.isVeryLate()).isFalse();

        now++;
        assertThat(lag.isVeryLate()).isTrue();
    }

    @Test
    void isFineAgainAsSoonAsTheLoopHasCaughtUp() {
        now += 10 * Lag.EVERY_NANOS;
        lag.caughtUp();

        assertThat(lag.isLate()).isFalse();
        assertThat(lag.isVeryLate()).isFalse();
    }
}
