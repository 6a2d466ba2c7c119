package lethe.loadtest;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import lethe.core.fallback.Fallback;
import lethe.loadtest.process.Installation;
import lethe.loadtest.process.InstallationPlan;
import lethe.loadtest.process.Scratch;
import lethe.loadtest.process.SmsProcesses;
import lethe.loadtest.sms.SmsPlan;
import lethe.loadtest.sms.SmsReport;
import lethe.loadtest.sms.SmsRun;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * {@code lethe drill sms}: messages become SMS while phones come and go and the broker dies, and none goes two ways.
 */
@Command(
        name = "sms",
        mixinStandardHelpOptions = true,
        description =
                "Has phones write to others that are there, away, coming, going or slow when the message has to become"
                        + " an SMS, kills broker and gateway (SIGKILL) meanwhile, and checks the history: each goes one way,"
                        + " once, and ends once.",
        footer = {"", "Exit code: 0 if the broker kept its promises, 1 if not."})
public final class SmsCommand implements Callable<Integer> {
    private static final int MOST_SHOWN = 20;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--pairs",
            paramLabel = "N",
            defaultValue = "50",
            description = "Of a phone that writes and one that reads. Default: ${DEFAULT-VALUE}")
    private int pairs;

    @Option(names = "--messages", paramLabel = "N", defaultValue = "10000", description = "Default: ${DEFAULT-VALUE}")
    private int messages;

    @Option(names = "--kills", paramLabel = "N", defaultValue = "12", description = "Default: ${DEFAULT-VALUE}")
    private int kills;

    @Option(
            names = "--modes",
            paramLabel = "MODE",
            split = ",",
            defaultValue = "device",
            converter = ModeWord.class,
            description = "How messages become SMS: device; gateway and notice, of a broker that uses a gateway."
                    + " Default: ${DEFAULT-VALUE}")
    private Set<Fallback> modes = Set.of();

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(names = "--json", description = "Print one JSON object at the end; nothing else on standard output.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        SmsPlan plan = plan();
        Scratch scratch = Scratch.create("sms");
        PrintWriter err = spec.commandLine().getErr();
        progress("starting Cassandra and a broker" + (plan.needsGateway() ? ", an SMS centre and a gateway" : ""));
        try (SmsProcesses sms = plan.needsGateway() ? SmsRun.carriers(scratch.directory()) : null;
                Installation installation = Installation.start(SmsRun.knowing(
                        sms, InstallationPlan.in(scratch.directory()).withQuickCassandra()))) {
            installation.afterwards(scratch::erase);
            SmsReport report = run(plan, installation, sms, scratch);
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

    private SmsReport run(SmsPlan plan, Installation installation, @Nullable SmsProcesses sms, Scratch scratch)
            throws IOException, InterruptedException {
        Path history = scratch.directory().resolve("history.jsonl");
        try {
            return new SmsRun(plan, installation, sms, history, this::progress).run();
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

    private SmsPlan plan() {
        try {
            return SmsPlan.of(pairs, messages, kills, seed).with(modes);
        } catch (IllegalArgumentException refused) {
            throw new ParameterException(spec.commandLine(), String.valueOf(refused.getMessage()));
        }
    }

    /** The words of {@link Fallback} that a drill can play. */
    static final class ModeWord implements ITypeConverter<Fallback> {
        @Override
        public Fallback convert(String word) {
            try {
                return Fallback.ofWord(word);
            } catch (IllegalArgumentException unknown) {
                throw new TypeConversionException("'" + word + "' is none of device, gateway, notice");
            }
        }
    }

    private void print(SmsReport report) throws IOException {
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
