package lethe.loadtest.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import lethe.loadtest.history.Breach;
import lethe.loadtest.history.Verdict;
import lethe.loadtest.history.Verdict.Violation;
import org.junit.jupiter.api.Test;

class ShrinkingTest {
    private final List<String> told = new ArrayList<>();

    @Test
    void leavesOutWhatTheFailureDoesNotNeed() {
        SimulationPlan large =
                new SimulationPlan(5, 100_000, 7, 4, EnumSet.complementOf(EnumSet.of(Fault.SHORT_LIVES)), Plant.NONE);

        SimulationResult least = Shrinking.of(failsWithLossOfThree(large), this::failsWithLossOfThree, told::add);

        assertThat(least.plan().faults()).isEqualTo(Set.of(Fault.LOSS));
        assertThat(least.plan().phones()).isEqualTo(3);
        assertThat(least.plan().nodes()).isEqualTo(1);
        assertThat(least.plan().steps()).isBetween(4_000L, 4_100L);
        assertThat(told).last().asString().contains("--phones 3 --nodes 1 --faults loss");
    }

    /** A failure that needs three phones, loss and 4,000 steps; with two phones another one. */
    private SimulationResult failsWithLossOfThree(SimulationPlan plan) {
        boolean fails = plan.steps() >= 4_000 && plan.has(Fault.LOSS);
        Breach breach = plan.phones() < 3 ? Breach.DUPLICATED : Breach.REORDERED;
        List<Violation> violations = fails ? List.of(new Violation(breach, "id", "planted")) : List.of();
        return new SimulationResult(plan, new Verdict(1, 1, violations), "", plan.steps(), 0, 0, 0, 0);
    }

    @Test
    void tellsHowToRepeatTheSmallestRunThatFails() {
        SimulationReport report = new SimulationRun(ShrinkingTest::withoutPredecessors, () -> 0, told::add).run(1, 20);

        assertThat(report.passed()).isFalse();
        assertThat(report.failed()).isPresent();
        assertThat(told).anyMatch(line -> line.startsWith("again: ./lethe drill simulation --seed "));
        assertThat(told).anyMatch(line -> line.startsWith("reordered "));
        assertThat(told).anyMatch(line -> line.contains(" hears Deliver["));
    }

    private static SimulationPlan withoutPredecessors(long seed) {
        return new SimulationPlan(seed, 3_000, 4, 3, Set.of(Fault.LOSS, Fault.HAND_OVERS), Plant.ANY_PREDECESSOR);
    }
}
