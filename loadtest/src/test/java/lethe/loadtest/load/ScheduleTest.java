package lethe.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final Duration RAMP = Duration.ofSeconds(2);
    private static final double PER_SECOND = 1_000;

    private final Schedule schedule = new Schedule(PER_SECOND, RAMP);

    private static long millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis();
    }

    @Test
    void asksForHalfTheMessagesWhileItGrows() {
        assertThat(millis(schedule.due(1_000))).isEqualTo(RAMP.toMillis());
    }

    @Test
    void keepsItsDistanceOnceItHasGrown() {
        assertThat(millis(schedule.due(1_500))).isEqualTo(RAMP.toMillis() + 500);
        assertThat(schedule.due(2_001) - schedule.due(2_000)).isBetween(999_999L, 1_000_001L);
    }

    @Test
    void neverGoesBack() {
        for (int message = 1; message < 3_000; message++) {
            assertThat(schedule.due(message)).isGreaterThan(schedule.due(message - 1));
        }
    }

    @Test
    void mayStartAtItsRate() {
        assertThat(millis(new Schedule(PER_SECOND, Duration.ZERO).due(7))).isEqualTo(7);
    }
}
