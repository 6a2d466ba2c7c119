package lethe.loadtest;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.Callable;
import lethe.loadtest.kill.KillPlan;
import lethe.loadtest.kill.KillReport;
import lethe.loadtest.kill.KillRun;
import lethe.loadtest.kill.Victim;
import lethe.loadtest.process.Installation;
import lethe.loadtest.process.InstallationPlan;
import lethe.loadtest.process.Scratch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code lethe drill kill}: phones exchange messages while their broker and its Cassandra die again and again. */
@Command(
        name = "kill",
        mixinStandardHelpOptions = true,
        description =
                "Kills the broker, its Cassandra, or both (SIGKILL) while phones exchange messages, and checks the"
                        + " history: nothing lost, nothing twice, nothing out of order.",
        footer = {"", "Exit code: 0 if the broker kept its promises, 1 if not."})
public final class KillCommand implements Callable<Integer> {
    private static final int MOST_SHOWN = 20;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--pairs",
            paramLabel = "N",
            defaultValue = "50",
            description = "Two or more. Default: ${DEFAULT-VALUE}")
    private int pairs;

    @Option(names = "--messages", paramLabel = "N", defaultValue = "60000", description = "Default: ${DEFAULT-VALUE}")
    private int messages;

    @Option(names = "--kills", paramLabel = "N", defaultValue = "30", description = "Default: ${DEFAULT-VALUE}")
    private int kills;

    @Option(
            names = "--victims",
            paramLabel = "VICTIM",
            split = ",",
            defaultValue = "broker,cassandra,both",
            converter = VictimWord.class,
            description = "Who dies, in turn, in an order drawn from the seed: broker, cassandra, both."
                    + " Every fifth time that Cassandra dies alone, it stays away for half a minute."
                    + " Default: ${DEFAULT-VALUE}")
    private Set<Victim> victims = Set.of();

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(names = "--json", description = "Print one JSON object at the end; nothing else on standard output.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        KillPlan plan = plan();
        Scratch scratch = Scratch.create("kill");
        PrintWriter err = spec.commandLine().getErr();
        progress("starting Cassandra and a broker");
        try (Installation installation =
                Installation.start(InstallationPlan.in(scratch.directory()).withQuickCassandra())) {
            installation.afterwards(scratch::erase);
            KillReport report = run(plan, installation, scratch);
            if (!report.passed()) {
                report.verdict().violations().stream().limit(MOST_SHOWN).forEach(err::println);
                keep(scratch);
            }
            print(report);
            return report.passed() ? 0 : 1;
        } finally {
            scratch.erase();
        }
    }

    private KillReport run(KillPlan plan, Installation installation, Scratch scratch)
            throws IOException, InterruptedException {
        try {
            return new KillRun(plan, installation, scratch.directory().resolve("history.jsonl"), this::progress).run();
        } catch (IOException failed) {
            if (!installation.isEnding()) {
                keep(scratch);
            }
            throw failed;
        }
    }

    private void keep(Scratch scratch) {
        scratch.keep();
        progress("History and logs: " + scratch.directory());
    }

    private KillPlan plan() {
        try {
            return KillPlan.of(pairs, messages, kills, seed).with(victims).withLongOutages();
        } catch (IllegalArgumentException refused) {
            throw new ParameterException(spec.commandLine(), String.valueOf(refused.getMessage()));
        }
    }

    /** The words of {@link Victim}. */
    static final class VictimWord implements ITypeConverter<Victim> {
        @Override
        public Victim convert(String word) {
            return Arrays.stream(Victim.values())
                    .filter(victim -> victim.word().equals(word))
                    .findFirst()
                    .orElseThrow(
                            () -> new TypeConversionException("'" + word + "' is none of broker, cassandra, both"));
        }
    }

    private void print(KillReport report) throws IOException {
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
