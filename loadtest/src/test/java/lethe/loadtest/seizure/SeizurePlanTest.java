package lethe.loadtest.seizure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SeizurePlanTest {
    private static final Duration EPOCH = Duration.ofSeconds(10);

    @Test
    void refusesMoreThanMayWaitForAPhoneAndLessThanShowsAnything() {
        assertThatThrownBy(() -> plan(251, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> plan(9, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Whoever has waited for the first part of a drill should not see the second one refused. */
    @Test
    void hasAControlWhateverItsSize() {
        for (int pairs = 1; pairs <= 50; pairs++) {
            assertThat(plan(10 * pairs, pairs).control().held()).isPositive();
            assertThat(plan(250 * pairs, pairs).control().held()).isPositive();
        }
    }

    private static SeizurePlan plan(int messages, int pairs) {
        return new SeizurePlan(messages, pairs, EPOCH);
    }
}
