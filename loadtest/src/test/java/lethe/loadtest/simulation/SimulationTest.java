package lethe.loadtest.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.LongStream;
import lethe.loadtest.history.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Phones and subscribers against everything that can fail, as far as a test suite has time for it. */
class SimulationTest {
    private static final long STEPS = 10_000;

    @Test
    void keepsEveryPromiseWhateverFails() {
        List<SimulationResult> results = LongStream.rangeClosed(1, 50)
                .mapToObj(seed -> Simulation.run(SimulationPlan.drawn(seed, STEPS)))
                .toList();

        assertThat(results).extracting(SimulationResult::complaint).containsOnly("");
        // Nothing was proven if nothing happened.
        assertThat(results).anySatisfy(result -> assertThat(result.held()).isGreaterThan(100));
        assertThat(results).anySatisfy(result -> assertThat(result.faults()).isGreaterThan(20));
        assertThat(sum(results, Verdict::delivered)).isGreaterThan(sum(results, Verdict::messages) / 2);
    }

    private static int sum(List<SimulationResult> results, ToIntFunction<Verdict> of) {
        return results.stream().map(SimulationResult::verdict).mapToInt(of).sum();
    }

    /** What failed once, and what was mended then. */
    @ParameterizedTest
    @CsvSource({
        "232, withdrawn, forgotten with its owner, and delivered behind what had followed it",
        "735, the same",
        "1346, the same",
        "1531, the same",
        "1888, the same",
        "246, a receipt that no broker keeps was asked after for ever",
        "351, the same",
        "408, the same",
        "1458, the same",
    })
    void keepsThemWhereItDidNot(long seed, String what) {
        assertThat(Simulation.run(SimulationPlan.drawn(seed, STEPS)).complaint())
                .as(what)
                .isEmpty();
    }

    @Test
    void isTheSameRunForTheSameSeed() {
        assertThat(story(7)).isEqualTo(story(7)).isNotEqualTo(story(8));
    }

    private static List<String> story(long seed) {
        List<String> lines = new ArrayList<>();
        SimulationResult result = Simulation.run(SimulationPlan.drawn(seed, 3_000), line -> lines.add(line.get()));
        lines.add(Long.toHexString(result.digest()));
        return lines;
    }

    @Test
    void bringsEverythingWhenNothingFails() {
        SimulationResult result = Simulation.run(new SimulationPlan(3, STEPS, 4, 3, Set.of(), Plant.NONE));

        assertThat(result.complaint()).isEmpty();
        assertThat(result.excused()).isZero();
        assertThat(result.verdict().delivered()).isEqualTo(result.verdict().messages());
    }
}
