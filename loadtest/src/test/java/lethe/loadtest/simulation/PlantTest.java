package lethe.loadtest.simulation;

import static lethe.loadtest.simulation.Fault.HAND_OVERS;
import static lethe.loadtest.simulation.Fault.LOSS;
import static lethe.loadtest.simulation.Fault.NODE_CRASHES;
import static lethe.loadtest.simulation.Fault.OPT_OUTS;
import static lethe.loadtest.simulation.Fault.PAUSES;
import static lethe.loadtest.simulation.Fault.PHONE_CRASHES;
import static lethe.loadtest.simulation.Fault.STORE;
import static lethe.loadtest.simulation.Fault.TWO_OWNERS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import lethe.loadtest.history.Breach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A run finds a defect that is there. Without the defect the same runs are good. */
class PlantTest {
    private static final int SEEDS = 40;
    private static final long STEPS = 10_000;

    static Stream<Arguments> plants() {
        return Stream.of(
                Arguments.of(Plant.NO_FENCE, Breach.TWO_CHANNELS, Set.of(TWO_OWNERS, HAND_OVERS, PAUSES, LOSS)),
                Arguments.of(Plant.NO_FENCE, Breach.LOST, Set.of(TWO_OWNERS, HAND_OVERS, PAUSES, LOSS)),
                Arguments.of(Plant.HELD_BEFORE_SAVED, Breach.LOST, Set.of(NODE_CRASHES, STORE, LOSS)),
                Arguments.of(Plant.ANY_PREDECESSOR, Breach.REORDERED, Set.of(LOSS, HAND_OVERS)),
                Arguments.of(Plant.FLEETING_VERDICT, Breach.TWO_CHANNELS, Set.of(NODE_CRASHES, LOSS, PHONE_CRASHES)),
                Arguments.of(Plant.OTHER_ID, Breach.UNEXPECTED, Set.of(LOSS)),
                Arguments.of(Plant.ACKNOWLEDGED_BEFORE_WRITTEN, Breach.LOST, Set.of(PHONE_CRASHES)),
                Arguments.of(Plant.FORGETFUL_INBOX, Breach.DUPLICATED, Set.of(PHONE_CRASHES, LOSS)),
                Arguments.of(Plant.UNWRITTEN_SMS, Breach.DUPLICATED, Set.of(PHONE_CRASHES, LOSS)),
                Arguments.of(Plant.DEAF_TO_OPT_OUT, Breach.AFTER_OPT_OUT, Set.of(OPT_OUTS)));
    }

    @ParameterizedTest
    @MethodSource("plants")
    void isFound(Plant plant, Breach as, Set<Fault> faults) {
        SimulationResult found = runs(plant, faults)
                .filter(result -> result.verdict().count(as) > 0)
                .findFirst()
                .orElseThrow(() -> new AssertionError(plant + " was not found as " + as.word()));

        assertThat(found.passed()).isFalse();
        assertThat(Simulation.run(found.plan().with(Plant.NONE)).complaint()).isEmpty();
    }

    private static Stream<SimulationResult> runs(Plant plant, Set<Fault> faults) {
        return LongStream.rangeClosed(1, SEEDS)
                .mapToObj(seed -> Simulation.run(new SimulationPlan(seed, STEPS, 4, 3, faults, plant)));
    }

    @Test
    void isPlantedOfEachKind() {
        List<Object> planted = plants().map(each -> each.get()[0]).distinct().toList();

        assertThat(planted).hasSize(Plant.values().length - 1);
        assertThat(Arrays.asList(Plant.values()))
                .containsAll(planted.stream().map(Plant.class::cast).toList());
    }
}
