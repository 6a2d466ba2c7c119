package lethe.loadtest.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Finds a smaller plan that fails in the same way: fewer faults, phones, nodes and steps, one after the other, until
 * nothing can be left out. A smaller plan draws other things, so each is tried with some seeds, the given one first.
 */
final class Shrinking {
    private static final int SEEDS = 5;
    private static final int MOST_RUNS = 400;

    private final Function<SimulationPlan, SimulationResult> runs;
    private final Consumer<String> progress;
    private SimulationResult least;
    private final String kind;
    private int tried;

    private Shrinking(
            SimulationResult failed, Function<SimulationPlan, SimulationResult> runs, Consumer<String> progress) {
        this.least = failed;
        this.kind = failed.kind();
        this.runs = runs;
        this.progress = progress;
    }

    /**
     * Shrinks a run that failed.
     *
     * @param runs does a run
     */
    static SimulationResult of(
            SimulationResult failed, Function<SimulationPlan, SimulationResult> runs, Consumer<String> progress) {
        return new Shrinking(failed, runs, progress).shrink();
    }

    private SimulationResult shrink() {
        fewerSteps();
        boolean smaller = true;
        while (smaller && tried < MOST_RUNS) {
            smaller = fewerFaults();
            smaller |= fewer(SimulationPlan::phones, 2, SimulationPlan::withPhones);
            smaller |= fewer(SimulationPlan::nodes, 1, SimulationPlan::withNodes);
            smaller |= fewerSteps();
        }
        return least;
    }

    private boolean fewerFaults() {
        boolean smaller = false;
        for (Fault fault : Fault.values()) {
            smaller |= least.plan().has(fault) && fails(plan -> plan.without(fault));
        }
        return smaller;
    }

    private boolean fewer(
            Function<SimulationPlan, Integer> number,
            int least,
            BiFunction<SimulationPlan, Integer, SimulationPlan> with) {
        boolean smaller = false;
        for (int fewer = number.apply(this.least.plan()) - 1; fewer >= least; fewer--) {
            int tried = fewer;
            if (!fails(plan -> with.apply(plan, tried))) {
                break;
            }
            smaller = true;
        }
        return smaller;
    }

    /** The shortest prefix, by bisecting: half of what is left, and half of that. */
    private boolean fewerSteps() {
        long before = least.plan().steps();
        long passes = 0;
        while (least.plan().steps() - passes > Math.max(1, least.plan().steps() / 50) && tried < MOST_RUNS) {
            long middle = (passes + least.plan().steps()) / 2;
            if (!fails(plan -> plan.withSteps(middle))) {
                passes = middle;
            }
        }
        return least.plan().steps() < before;
    }

    private boolean fails(UnaryOperator<SimulationPlan> smaller) {
        for (SimulationPlan plan : seeded(smaller.apply(least.plan()))) {
            tried++;
            SimulationResult result = runs.apply(plan);
            if (result.kind().equals(kind)) {
                least = result;
                progress.accept("fails with " + plan.options());
                return true;
            }
        }
        return false;
    }

    private static List<SimulationPlan> seeded(SimulationPlan plan) {
        List<SimulationPlan> plans = new ArrayList<>();
        for (int i = 0; i < SEEDS; i++) {
            plans.add(new SimulationPlan(
                    plan.seed() + i, plan.steps(), plan.phones(), plan.nodes(), plan.faults(), plan.plant()));
        }
        return plans;
    }
}
