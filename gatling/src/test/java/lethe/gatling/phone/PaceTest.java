package lethe.gatling.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Pace pace = new Pace(Duration.ofSeconds(1));

    @Test
    void waitsUntilAMessageIsDue() {
        pace.begin(SECOND);
        assertThat(pace.untilDue(0)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void countsFromNowWhenItIsInTime() {
        pace.begin(SECOND);
        assertThat(pace.take(SECOND + 1)).isEqualTo(SECOND + 1);
    }

    @Test
    void countsFromWhenItWasDueWhenItIsLate() {
        pace.begin(SECOND);
        assertThat(pace.take(3 * SECOND)).isEqualTo(SECOND);
        assertThat(pace.untilDue(3 * SECOND)).isZero();
        assertThat(pace.take(3 * SECOND)).isEqualTo(2 * SECOND);
    }
}
