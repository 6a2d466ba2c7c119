package lethe.loadtest.simulation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import lethe.loadtest.history.Breach;

/**
 * How several simulated runs went, of one seed and those after it.
 *
 * @param seed the first one
 * @param steps of each run, before everything heals
 * @param results of the runs that were done: the last one is the first that failed, if one did
 * @param millis how long they took
 */
public record SimulationReport(long seed, long steps, List<SimulationResult> results, long millis) {
    private static final double MILLIS_PER_MINUTE = 60_000;

    public SimulationReport {
        results = List.copyOf(results);
    }

    public boolean passed() {
        return results.stream().allMatch(SimulationResult::passed);
    }

    /** The run that failed. */
    public Optional<SimulationResult> failed() {
        return results.stream().filter(result -> !result.passed()).findFirst();
    }

    private long sum(ToLongFunction<SimulationResult> of) {
        return results.stream().mapToLong(of).sum();
    }

    private long count(Breach breach) {
        return sum(result -> result.verdict().count(breach));
    }

    /** For a line of JSON. All but the last two are the same for the same seed, wherever it runs. */
    public Map<String, Object> figures() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("drill", "simulation");
        line.put("passed", passed());
        line.put("seed", seed);
        line.put("steps", steps);
        line.put("messages", sum(result -> result.verdict().messages()));
        line.put("lost", count(Breach.LOST));
        line.put("reordered", count(Breach.REORDERED));
        line.put("duplicated", count(Breach.DUPLICATED));
        line.put("double_channel", count(Breach.TWO_CHANNELS));
        for (Breach breach :
                List.of(Breach.UNEXPECTED, Breach.UNTERMINATED, Breach.TERMINATED_TWICE, Breach.AFTER_OPT_OUT)) {
            line.put(breach.word(), count(breach));
        }
        line.put("delivered", sum(result -> result.verdict().delivered()));
        line.put("held", sum(SimulationResult::held));
        line.put("excused", sum(SimulationResult::excused));
        line.put("faults", sum(SimulationResult::faults));
        line.put("runs", results.size());
        line.put("steps_done", sum(SimulationResult::steps));
        line.put(
                "digest",
                Long.toHexString(results.stream()
                        .mapToLong(SimulationResult::digest)
                        .reduce(0, (one, next) -> 31 * one + next)));
        line.put("took_ms", millis);
        line.put(
                "steps_per_minute", Math.round(sum(SimulationResult::steps) * MILLIS_PER_MINUTE / Math.max(1, millis)));
        return line;
    }
}
