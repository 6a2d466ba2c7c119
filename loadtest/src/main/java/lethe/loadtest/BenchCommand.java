package lethe.loadtest;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import lethe.loadtest.bench.Bench;
import lethe.loadtest.bench.BenchPlan;
import lethe.loadtest.bench.BenchReport;
import lethe.loadtest.process.Installation;
import lethe.loadtest.process.InstallationPlan;
import lethe.loadtest.process.Scratch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lethe bench}: what a message costs the broker. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures processor time of the broker per message between connected phones (Linux only).")
public final class BenchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--pairs", paramLabel = "N", defaultValue = "1000", description = "Default: ${DEFAULT-VALUE}")
    private int pairs;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "20", description = "Default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(names = "--warm-up", paramLabel = "SECONDS", defaultValue = "10", description = "Default: ${DEFAULT-VALUE}")
    private int warmUp;

    @Option(names = "--bytes", paramLabel = "N", defaultValue = "200", description = "Default: ${DEFAULT-VALUE}")
    private int bytes;

    @Option(names = "--json", description = "Print one JSON object at the end; nothing else on standard output.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Scratch scratch = Scratch.create("bench");
        progress("starting Cassandra and a broker");
        try (Installation installation = Installation.start(plan(scratch))) {
            installation.afterwards(scratch::erase);
            BenchPlan plan = new BenchPlan(pairs, Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds), bytes);
            BenchReport report = new Bench(plan, installation, this::progress).run();
            print(report);
            return report.otherEnds() == 0 && report.messages() > 0 ? 0 : 1;
        } finally {
            scratch.erase();
        }
    }

    /** The limits for one address and one phone are for one owner's phones, not for thousands behind one address. */
    private static InstallationPlan plan(Scratch scratch) throws IOException {
        return InstallationPlan.in(scratch.directory())
                .with("lethe.edge.connections.requests-per-second", "100000")
                .with("lethe.edge.connections.request-burst", "100000")
                .with("lethe.edge.connections.most-per-address", "16384")
                .with("lethe.session.frames-per-second", "10000")
                .with("lethe.session.burst", "10000");
    }

    private void print(BenchReport report) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new JsonMapper().writeValueAsString(report.figures()));
        } else {
            report.figures().forEach((figure, value) -> out.printf("%-24s %s%n", figure, value));
        }
        out.flush();
    }

    private void progress(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }
}
