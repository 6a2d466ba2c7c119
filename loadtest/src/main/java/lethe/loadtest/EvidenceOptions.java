package lethe.loadtest;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import lethe.loadtest.evidence.NotPossible;
import lethe.loadtest.process.Scratch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What drills have in common that take everything and search it: where it goes, and how the result is told. */
final class EvidenceOptions {
    /** As test programs say that they could not test. */
    private static final int NOT_POSSIBLE = 77;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "Leave there what was taken: a new directory, with room for some gigabytes.")
    private @Nullable Path keep;

    @Option(names = "--json", description = "Print one JSON object at the end; nothing else on standard output.")
    private boolean json;

    /** A drill. */
    @FunctionalInterface
    interface Drill {
        /**
         * Makes it.
         *
         * @param directory for everything
         * @param cutShort to be done if this process is told to end, when nothing is written there any more
         * @param progress told in a line what happens
         */
        Outcome make(Path directory, Runnable cutShort, Consumer<String> progress)
                throws IOException, InterruptedException;
    }

    /**
     * What came of it.
     *
     * @param places what was found in each, by the figure's word
     * @param figures for a line of JSON
     */
    record Outcome(boolean passed, Map<String, Map<String, Integer>> places, Map<String, Object> figures) {}

    /**
     * Makes a drill and tells what came of it.
     *
     * @param name of its temporary directory
     * @return the exit code
     */
    int drill(String name, CommandSpec spec, Drill drill) throws IOException, InterruptedException {
        Path kept = keep;
        requireEmpty(spec, kept);
        Scratch scratch = Scratch.create(name);
        try {
            Path directory = kept == null ? scratch.directory() : Files.createDirectories(kept);
            Outcome outcome = drill.make(directory, scratch::erase, line -> progress(spec, line));
            print(spec, outcome);
            return outcome.passed() ? 0 : 1;
        } catch (NotPossible missing) {
            progress(spec, "THE DRILL WAS NOT MADE, nothing is proved: " + missing.getMessage());
            return NOT_POSSIBLE;
        } finally {
            scratch.erase();
        }
    }

    /** What is left of an earlier drill must not be taken for what was taken in this one. */
    private static void requireEmpty(CommandSpec spec, @Nullable Path directory) throws IOException {
        if (directory != null && Files.exists(directory)) {
            try (var content = Files.list(directory)) {
                if (content.findAny().isPresent()) {
                    throw new ParameterException(
                            spec.commandLine(), directory + " is not empty: --keep takes a new one");
                }
            }
        }
    }

    private void print(CommandSpec spec, Outcome outcome) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new JsonMapper().writeValueAsString(outcome.figures()));
        } else {
            print(out, outcome);
        }
        out.flush();
    }

    private static void print(PrintWriter out, Outcome outcome) {
        Set<String> columns = new LinkedHashSet<>();
        outcome.places().values().forEach(figures -> columns.addAll(figures.keySet()));
        out.printf("%-28s", "found in");
        columns.forEach(column -> out.printf("%15s", column));
        out.println();
        outcome.places().forEach((place, figures) -> {
            out.printf("%-28s", place);
            columns.forEach(column -> out.printf("%15s", figures.containsKey(column) ? figures.get(column) : "-"));
            out.println();
        });
        out.println();
        outcome.figures().forEach((figure, value) -> {
            if (!figure.equals("places")) {
                out.printf("%-28s %s%n", figure, value);
            }
        });
    }

    private static void progress(CommandSpec spec, String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }
}
