package lethe.broker.loops;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LagTest {
    private static final long BOUND = 1_000;

    private long now = -5_000;
    private final Lag lag = new Lag(() -> now, BOUND);

    @Test
    void isFineUntilSomethingWaitsLongerThanItMay() {
        now += Lag.EVERY_NANOS + BOUND;
        assertThat(lag.isTooLong()).isFalse();

        now++;
        assertThat(lag.isTooLong()).isTrue();
    }

    @Test
    void isFineAgainAsSoonAsTheLoopHasCaughtUp() {
        now += 10 * Lag.EVERY_NANOS;
        lag.caughtUp();

        assertThat(lag.isTooLong()).isFalse();
    }
}
