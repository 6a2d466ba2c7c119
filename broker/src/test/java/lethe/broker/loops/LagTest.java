package lethe.broker.loops;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LagTest {
    private static final long LATE = 1_000;
    private static final long VERY_LATE = 5_000;

    private long now = -5_000;
    private long stopped = 7;
    private final Lag lag = new Lag(() -> now, () -> stopped, LATE, VERY_LATE);

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
    void isNotLateForAStopAndThreeTimesAsLong() {
        stopAndRun(3_000);
        now += Lag.EVERY_NANOS + LATE + 1;
        assertThat(lag.isLate()).isFalse();

        now += 3 * 3_000;
        assertThat(lag.isLate()).isFalse();
        now++;
        assertThat(lag.isLate()).isTrue();
    }

    @Test
    void isNotLateThenAlthoughItHasCaughtUpOnce() {
        stopAndRun(2 * Lag.EVERY_NANOS);
        lag.caughtUp();

        now += Lag.EVERY_NANOS + LATE + 1;
        assertThat(lag.isLate()).isFalse();
        now += 5 * Lag.EVERY_NANOS;
        assertThat(lag.isLate()).isTrue();
    }

    @Test
    void countsAStopOnce() {
        stopAndRun(3_000);
        lag.caughtUp();

        now += Lag.EVERY_NANOS + LATE + 1;
        assertThat(lag.isLate()).isTrue();
        lag.caughtUp();
        now += Lag.EVERY_NANOS + LATE + 1;
        assertThat(lag.isLate()).isTrue();
    }

    @Test
    void isLateWhenItIsStoppedAgainAndAgain() {
        for (int stops = 0; stops < 10; stops++) {
            stopAndRun(100_000_000);
            lag.caughtUp();
        }

        now += Lag.EVERY_NANOS + LATE + 1;
        assertThat(lag.isLate()).isTrue();
    }

    @Test
    void isVeryLateForAStopToo() {
        stopAndRun(Lag.EVERY_NANOS + VERY_LATE + 1);

        assertThat(lag.isVeryLate()).isTrue();
    }

    private void stopAndRun(long length) {
        stopped += length;
        now += length;
    }

    @Test
    void isFineAgainAsSoonAsTheLoopHasCaughtUp() {
        now += 10 * Lag.EVERY_NANOS;
        lag.caughtUp();

        assertThat(lag.isLate()).isFalse();
        assertThat(lag.isVeryLate()).isFalse();
    }
}
