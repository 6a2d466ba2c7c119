package lethe.loadtest.simulation;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One simulated run.
 *
 * @param seed decides everything that is left to chance
 * @param steps after which everything heals, and what is open has to end
 * @param phones 2 to {@link #MOST_PHONES}, each its own subscriber
 * @param nodes 1 to {@link #MOST_NODES}
 * @param faults that may happen
 * @param plant the defect that is built in
 */
public record SimulationPlan(long seed, long steps, int phones, int nodes, Set<Fault> faults, Plant plant) {
    public static final int MOST_PHONES = 20;
    public static final int MOST_NODES = 9;

    /**
     * A run in these bounds.
     *
     * @throws IllegalArgumentException if it is out of bounds, or its faults do not go together
     */
    public SimulationPlan {
        if (steps < 1 || phones < 2 || phones > MOST_PHONES || nodes < 1 || nodes > MOST_NODES) {
            throw new IllegalArgumentException(
                    "steps: 1 or more; phones: 2 to " + MOST_PHONES + "; nodes: 1 to " + MOST_NODES);
        }
        if (!Fault.goTogether(faults)) {
            throw new IllegalArgumentException("short-lives goes with neither keys nor skew");
        }
        faults = faults.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(faults));
    }

    /** A run whose phones, nodes and faults are drawn from the seed too. */
    public static SimulationPlan drawn(long seed, long steps) {
        Dice dice = new Dice(seed, "plan");
        return new SimulationPlan(seed, steps, 2 + dice.below(5), 1 + dice.below(4), Fault.drawn(dice), Plant.NONE);
    }

    boolean has(Fault fault) {
        return faults.contains(fault);
    }

    boolean has(Plant defect) {
        return plant == defect;
    }

    SimulationPlan withSteps(long fewer) {
        return new SimulationPlan(seed, fewer, phones, nodes, faults, plant);
    }

    SimulationPlan withPhones(int other) {
        return new SimulationPlan(seed, steps, other, nodes, faults, plant);
    }

    SimulationPlan withNodes(int other) {
        return new SimulationPlan(seed, steps, phones, other, faults, plant);
    }

    SimulationPlan without(Fault fault) {
        Set<Fault> fewer = EnumSet.noneOf(Fault.class);
        fewer.addAll(faults);
        fewer.remove(fault);
        return new SimulationPlan(seed, steps, phones, nodes, fewer, plant);
    }

    /** The same run with a defect. */
    public SimulationPlan with(Plant defect) {
        return new SimulationPlan(seed, steps, phones, nodes, faults, defect);
    }

    /** The options of the command that repeat it. */
    public String options() {
        return "--seed " + seed + " --steps " + steps + " --phones " + phones + " --nodes " + nodes + " --faults "
                + (faults.isEmpty() ? "none" : faults.stream().map(Fault::word).collect(Collectors.joining(",")));
    }
}
