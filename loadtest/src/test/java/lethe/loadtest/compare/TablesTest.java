package lethe.loadtest.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TablesTest {
    private final String text = Tables.of(SomeResults.measured(), "performance/compare.svg");

    @Test
    void saysWhereItWasMeasuredAndHowToRepeatIt() {
        assertThat(text)
                .contains("2026-11-22: A Processor, 2 cores")
                .contains("```sh\n./lethe bench compare --pairs 1000\n```")
                .contains("](performance/compare.svg)");
    }

    @Test
    void hasARowForEachBrokerWithADashForWhatWasNotMeasured() {
        assertThat(text)
                .contains("### 1,000 pairs, one message under way in each")
                .contains("| relay Java 17 | 11.0 | – | 12,346 | 1.23 | 250 | – | 0 |\n")
                .contains("| **lethe 0.1.0** | 40.0 | – | 12,346 | 1.23 | 250 | – | 0 |\n");
    }

    @Test
    void hasNoTableForAPartThatWasNotMeasured() {
        assertThat(text).contains("half of each broker's own best rate").doesNotContain("wait for each recipient");
    }

    @Test
    void tellsOfFailures() {
        assertThat(text).endsWith("left out if that fails too:\n\n- relay: it broke\n");
    }
}
