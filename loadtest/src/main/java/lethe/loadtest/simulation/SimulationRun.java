package lethe.loadtest.simulation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import lethe.loadtest.history.Verdict.Violation;

/** Several runs of one seed and those after it, up to the first that fails; that one is shrunk, and told. */
public final class SimulationRun {
    private static final int LINES = 60;

    private final LongFunction<SimulationPlan> plans;
    private final LongSupplier nanoClock;
    private final Consumer<String> progress;

    /**
     * Runs of these plans.
     *
     * @param plans by seed
     * @param nanoClock to measure by; no run reads it
     * @param progress hears of each run, and of a failure everything that is known
     */
    public SimulationRun(LongFunction<SimulationPlan> plans, LongSupplier nanoClock, Consumer<String> progress) {
        this.plans = plans;
        this.nanoClock = nanoClock;
        this.progress = progress;
    }

    /** Does them. */
    public SimulationReport run(long seed, int runs) {
        long begin = nanoClock.getAsLong();
        List<SimulationResult> results = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            SimulationResult result = Simulation.run(plans.apply(seed + i));
            results.add(result);
            progress.accept("seed " + (seed + i) + ": " + result.verdict().messages() + " messages, " + result.faults()
                    + " faults, " + (result.passed() ? "good" : result.complaint()));
            if (!result.passed()) {
                explain(result);
                break;
            }
        }
        long steps = plans.apply(seed).steps();
        return new SimulationReport(seed, steps, results, (nanoClock.getAsLong() - begin) / 1_000_000);
    }

    private void explain(SimulationResult failed) {
        SimulationResult least = Shrinking.of(failed, Simulation::run, progress);
        Set<String> ids = new LinkedHashSet<>();
        least.verdict().violations().stream().limit(3).map(Violation::id).forEach(ids::add);
        List<String> story = new ArrayList<>();
        Simulation.run(least.plan(), line -> keep(line, ids, story));
        progress.accept("the last of what is known of it:");
        story.subList(Math.max(0, story.size() - LINES), story.size()).forEach(progress);
        least.verdict().violations().forEach(violation -> progress.accept(violation.toString()));
        progress.accept(least.complaint());
        progress.accept("again: ./lethe drill simulation " + least.plan().options());
    }

    private static void keep(Supplier<String> line, Set<String> ids, List<String> story) {
        String text = line.get();
        if (text.startsWith("Fault") || ids.stream().anyMatch(text::contains)) {
            story.add(text);
        }
    }
}
