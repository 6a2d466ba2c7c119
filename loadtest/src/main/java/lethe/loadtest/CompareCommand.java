package lethe.loadtest;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import lethe.loadtest.compare.ComparePlan;
import lethe.loadtest.compare.CompareReport;
import lethe.loadtest.compare.Contestant;
import lethe.loadtest.peers.DebianPackage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lethe bench compare}: the same work by Lethe, by other brokers and by a bare relay. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = {
            "Measures the same work by a bare relay, mosquitto, Lethe, ejabberd and RabbitMQ in turn (Debian only).",
            "Writes tables into performance.md, and beside it a chart and all figures."
        })
public final class CompareCommand implements Callable<Integer> {
    /** As sysexits.h has it: a service is unavailable. */
    private static final int UNAVAILABLE = 69;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--pairs",
            paramLabel = "N",
            split = ",",
            defaultValue = "100,1000",
            description = "Connected pairs of phones, one measurement for each count. Default: ${DEFAULT-VALUE}")
    private List<Integer> pairs = new ArrayList<>();

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "10", description = "Default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(names = "--warm-up", paramLabel = "SECONDS", defaultValue = "5", description = "Default: ${DEFAULT-VALUE}")
    private int warmUp;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Every broker runs once in each, afresh; medians are shown. Default: ${DEFAULT-VALUE}")
    private int rounds;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "Some of relay, mosquitto, lethe, ejabberd, rabbitmq. Default: all")
    private List<String> only = new ArrayList<>();

    @Option(names = "--offline", description = "Also: messages to phones that are away, by those that keep them.")
    private boolean offline;

    @Option(
            names = "--docs",
            paramLabel = "DIR",
            description = "Where performance.md is, or shall be. Default: docs of the checkout")
    private @Nullable Path docs;

    @Option(names = "--render", description = "Measure nothing: write tables and chart anew from the figures there.")
    private boolean render;

    @Override
    public Integer call() throws IOException, InterruptedException {
        CompareReport report = new CompareReport(docs == null ? home().resolve("docs") : docs);
        if (render) {
            report.render();
            return ExitCode.OK;
        }
        ComparePlan plan = plan();
        if (!installed(plan.contestants())) {
            return UNAVAILABLE;
        }
        return report.measure(plan, "./lethe bench " + String.join(" ", words()), this::progress)
                ? ExitCode.OK
                : ExitCode.SOFTWARE;
    }

    private ComparePlan plan() {
        try {
            return new ComparePlan(
                    pairs, Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds), rounds, contestants(), offline);
        } catch (IllegalArgumentException unusable) {
            throw new ParameterException(spec.commandLine(), unusable.getMessage(), unusable);
        }
    }

    private List<Contestant> contestants() {
        return only.isEmpty()
                ? List.of(Contestant.values())
                : only.stream().map(this::contestant).toList();
    }

    private Contestant contestant(String name) {
        return Contestant.named(name)
                .orElseThrow(() -> new ParameterException(spec.commandLine(), "there is no broker named " + name));
    }

    /** What was asked for, without where it goes. */
    private List<String> words() {
        List<String> words = new ArrayList<>(List.of("compare"));
        words.addAll(spec.commandLine().getParseResult().matchedOptions().stream()
                .filter(option -> !option.longestName().equals("--docs"))
                .flatMap(option -> option.typeInfo().isBoolean()
                        ? List.of(option.longestName()).stream()
                        : List.of(option.longestName(), String.join(",", option.originalStringValues())).stream())
                .toList());
        return words;
    }

    /** Installs what is missing if it may. */
    private boolean installed(List<Contestant> contestants) throws IOException, InterruptedException {
        List<DebianPackage> missing = Contestant.missing(contestants);
        if (missing.isEmpty()) {
            return true;
        }
        String names = missing.stream().map(DebianPackage::name).collect(Collectors.joining(" "));
        if (!System.getProperty("user.name", "").equals("root")) {
            progress("To compare with these, install them first, as root: apt-get install " + names);
            return false;
        }
        progress("installing " + names);
        List<String> install =
                List.of("sh", home().resolve("ci").resolve("packages.sh").toString());
        return new ProcessBuilder(install).inheritIO().start().waitFor() == 0
                && Contestant.missing(contestants).isEmpty();
    }

    private static Path home() {
        return Path.of(System.getProperty("lethe.home", ""));
    }

    private void progress(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }
}
