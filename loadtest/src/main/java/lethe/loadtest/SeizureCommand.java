package lethe.loadtest;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import lethe.device.phone.DurationText;
import lethe.loadtest.bench.BrokerOptions;
import lethe.loadtest.evidence.NotPossible;
import lethe.loadtest.process.Scratch;
import lethe.loadtest.seizure.SeizurePlan;
import lethe.loadtest.seizure.SeizureReport;
import lethe.loadtest.seizure.SeizureRun;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lethe drill seizure}: everything is taken, and nothing of what was acknowledged is found in it. */
@Command(
        name = "seizure",
        mixinStandardHelpOptions = true,
        description =
                "Exchanges marked messages, waits two key epochs, takes disk, memory, heaps, logs and traffic, and"
                        + " looks for the markers in them (Linux, as root).",
        footer = {
            "",
            "Exit code: 0 if nothing was found and all controls found what is there, 1 if not, 77 if this machine does"
                    + " not let the drill be made: without root, or without loop devices."
        })
public final class SeizureCommand implements Callable<Integer> {
    /** As test programs say that they could not test. */
    private static final int NOT_POSSIBLE = 77;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--messages", paramLabel = "N", defaultValue = "1000", description = "Default: ${DEFAULT-VALUE}")
    private int messages;

    @Option(names = "--pairs", paramLabel = "N", defaultValue = "20", description = "Default: ${DEFAULT-VALUE}")
    private int pairs;

    @Option(
            names = "--epoch",
            paramLabel = "DURATION",
            defaultValue = "10s",
            description = "How long a key seals, as 10s or 5m. Default: ${DEFAULT-VALUE}")
    private String epoch = "";

    @Mixin
    private BrokerOptions broker = new BrokerOptions();

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "Leave there what was seized: a new directory, with room for some gigabytes.")
    private @Nullable Path keep;

    @Option(names = "--json", description = "Print one JSON object at the end; nothing else on standard output.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        SeizurePlan plan = plan();
        requireEmpty(keep);
        Scratch scratch = Scratch.create("seizure");
        try {
            SeizureReport report = new SeizureRun(
                            plan,
                            shipped -> broker.applyTo(shipped, false),
                            directory(scratch),
                            scratch::erase,
                            this::progress)
                    .run();
            print(report);
            return report.passed() ? 0 : 1;
        } catch (NotPossible missing) {
            progress("THE DRILL WAS NOT MADE, nothing is proved: " + missing.getMessage());
            return NOT_POSSIBLE;
        } finally {
            scratch.erase();
        }
    }

    private SeizurePlan plan() {
        try {
            Duration length = DurationText.parse(epoch)
                    .orElseThrow(() -> new IllegalArgumentException("not a duration: " + epoch));
            return new SeizurePlan(messages, pairs, length);
        } catch (IllegalArgumentException refused) {
            throw new ParameterException(spec.commandLine(), String.valueOf(refused.getMessage()));
        }
    }

    /** What is left of an earlier drill must not be taken for what was seized in this one. */
    private void requireEmpty(@Nullable Path directory) throws IOException {
        if (directory != null && Files.exists(directory)) {
            try (var content = Files.list(directory)) {
                if (content.findAny().isPresent()) {
                    throw new ParameterException(
                            spec.commandLine(), directory + " is not empty: --keep takes a new one");
                }
            }
        }
    }

    private Path directory(Scratch scratch) throws IOException {
        return keep == null ? scratch.directory() : Files.createDirectories(keep);
    }

    private void print(SeizureReport report) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new JsonMapper().writeValueAsString(report.figures()));
        } else {
            print(out, report);
        }
        out.flush();
    }

    private static void print(PrintWriter out, SeizureReport report) {
        Set<String> columns = new LinkedHashSet<>();
        report.places().values().forEach(figures -> columns.addAll(figures.keySet()));
        out.printf("%-28s", "found in");
        columns.forEach(column -> out.printf("%15s", column));
        out.println();
        report.places().forEach((place, figures) -> {
            out.printf("%-28s", place);
            columns.forEach(column -> out.printf("%15s", figures.containsKey(column) ? figures.get(column) : "-"));
            out.println();
        });
        out.println();
        report.figures().forEach((figure, value) -> {
            if (!figure.equals("places")) {
                out.printf("%-28s %s%n", figure, value);
            }
        });
    }

    private void progress(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }
}
