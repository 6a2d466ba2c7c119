package lethe.loadtest.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Of a relay that never starts: this module has no launcher. */
@Timeout(60)
class ComparisonTest {
    private static final ComparePlan PLAN =
            new ComparePlan(List.of(1), Duration.ZERO, Duration.ofSeconds(1), 1, List.of(Contestant.RELAY), false);

    private final List<String> told = new ArrayList<>();
    private final AtomicInteger questions = new AtomicInteger();

    @Test
    void triesOnceMoreWhatFailsAndTellsOfBoth() throws Exception {
        var comparison = new Comparison(PLAN, () -> false, told::add);
        assertThat(comparison.run("").failures())
                .filteredOn(failure -> failure.contains("relay ended with status 1"))
                .hasSize(2);
        assertThat(told).hasSize(4).allMatch(line -> line.contains("relay failed"));
        assertThat(comparison.isComplete()).isFalse();
    }

    @Test
    void blamesNobodyAndTriesNothingMoreOnceItWasToldToEnd() throws Exception {
        var comparison = new Comparison(PLAN, this::isEndingByNow, told::add);
        assertThat(comparison.run("").failures()).isEmpty();
        assertThat(told).isEmpty();
        assertThat(comparison.isComplete()).isFalse();
    }

    /** From the second question on: in the middle of the first measurement. */
    private boolean isEndingByNow() {
        return questions.getAndIncrement() > 0;
    }
}
