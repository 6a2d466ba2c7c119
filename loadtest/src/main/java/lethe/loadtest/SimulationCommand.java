package lethe.loadtest;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import lethe.loadtest.simulation.Fault;
import lethe.loadtest.simulation.SimulationPlan;
import lethe.loadtest.simulation.SimulationReport;
import lethe.loadtest.simulation.SimulationRun;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lethe drill simulation}: the core and the device against a network, nodes and a store that fail by a seed. */
@Command(
        name = "simulation",
        mixinStandardHelpOptions = true,
        description =
                "Runs phones and subscribers against each other in one thread and in simulated time, with every fault that"
                        + " a seed may draw, and checks the history. The same seed is the same run. Of a run that fails,"
                        + " the smallest that fails too is looked for and told. Starts nothing else.",
        footer = {"", "Exit code: 0 if every promise was kept, 1 if one was not."})
public final class SimulationCommand implements Callable<Integer> {
    private static final int MOST_RUNS = 1_000_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Things that happen before everything heals, in each run. Default: ${DEFAULT-VALUE}")
    private long steps;

    @Option(
            names = "--runs",
            paramLabel = "R",
            defaultValue = "10",
            description = "Runs: of the seed and those after it. Default: ${DEFAULT-VALUE}")
    private int runs;

    @Option(names = "--phones", paramLabel = "N", description = "2 to 20. Default: drawn from the seed")
    private @Nullable Integer phones;

    @Option(names = "--nodes", paramLabel = "N", description = "1 to 9. Default: drawn from the seed")
    private @Nullable Integer nodes;

    @Option(
            names = "--faults",
            paramLabel = "FAULT",
            split = ",",
            description = "What may happen, or none. Default: drawn from the seed")
    private @Nullable List<String> faults;

    @Option(names = "--json", description = "Print one JSON object at the end; nothing else on standard output.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        plan(seed);
        if (runs < 1 || runs > MOST_RUNS) {
            throw new ParameterException(spec.commandLine(), "--runs: 1 to " + MOST_RUNS);
        }
        SimulationReport report = new SimulationRun(this::plan, System::nanoTime, this::progress).run(seed, runs);
        print(report);
        return report.passed() ? 0 : 1;
    }

    private SimulationPlan plan(long of) {
        try {
            SimulationPlan drawn = SimulationPlan.drawn(of, steps);
            return new SimulationPlan(
                    of,
                    steps,
                    phones == null ? drawn.phones() : phones,
                    nodes == null ? drawn.nodes() : nodes,
                    faults == null ? drawn.faults() : named(faults),
                    drawn.plant());
        } catch (IllegalArgumentException refused) {
            throw new ParameterException(spec.commandLine(), String.valueOf(refused.getMessage()));
        }
    }

    private static Set<Fault> named(List<String> words) {
        Set<Fault> named = EnumSet.noneOf(Fault.class);
        for (String word : words) {
            if (!word.equals("none")) {
                named.add(Fault.ofWord(word)
                        .orElseThrow(() -> new IllegalArgumentException("--faults: none of them is " + word)));
            }
        }
        return named;
    }

    private void print(SimulationReport report) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new JsonMapper().writeValueAsString(report.figures()));
        } else {
            report.figures().forEach((figure, value) -> out.printf("%-18s %s%n", figure, value));
        }
        out.flush();
    }

    private void progress(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }
}
