package lethe.loadtest;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import lethe.loadtest.envelopes.Door;
import lethe.loadtest.envelopes.EnvelopesBench;
import lethe.loadtest.envelopes.EnvelopesPlan;
import lethe.loadtest.envelopes.EnvelopesReport;
import lethe.loadtest.envelopes.EnvelopesRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lethe drill envelopes}: what a malicious broker can do to envelopes, and that phones take none of it. */
@Command(
        name = "envelopes",
        mixinStandardHelpOptions = true,
        description =
                "Alters, repeats, mixes up and forges envelopes, and substitutes keys; none may be opened, and those that"
                        + " nobody touched must be. Starts nothing else.",
        footer = {"", "Exit code: 0 if no attack was accepted, 1 if one was."})
public final class EnvelopesCommand implements Callable<Integer> {
    private static final int MEASURED = 2_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Attacks, 100 or more. Default: ${DEFAULT-VALUE}")
    private int count;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(names = "--bench", description = "Measure what envelopes cost instead: bytes, and CPU of one thread.")
    private boolean bench;

    @Option(names = "--json", description = "Print one JSON object at the end; nothing else on standard output.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (bench) {
            print(new EnvelopesBench(MEASURED).run());
            return 0;
        }
        EnvelopesReport report = new EnvelopesRun(plan(), Door.Maker.REAL, this::progress).run();
        print(report.figures());
        return report.passed() ? 0 : 1;
    }

    private EnvelopesPlan plan() {
        try {
            return new EnvelopesPlan(count, seed);
        } catch (IllegalArgumentException refused) {
            throw new ParameterException(spec.commandLine(), String.valueOf(refused.getMessage()));
        }
    }

    private void print(Map<String, Object> figures) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new JsonMapper().writeValueAsString(figures));
        } else {
            figures.forEach((figure, value) -> out.printf("%-18s %s%n", figure, value));
        }
        out.flush();
    }

    private void progress(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }
}
