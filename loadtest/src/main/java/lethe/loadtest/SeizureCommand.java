package lethe.loadtest;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import lethe.device.phone.DurationText;
import lethe.loadtest.bench.BrokerOptions;
import lethe.loadtest.seizure.SeizurePlan;
import lethe.loadtest.seizure.SeizureReport;
import lethe.loadtest.seizure.SeizureRun;
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

    @Mixin
    private EvidenceOptions evidence = new EvidenceOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        SeizurePlan plan = plan();
        return evidence.drill("seizure", spec, (directory, cutShort, progress) -> {
            SeizureReport report = new SeizureRun(
                            plan, shipped -> broker.applyTo(shipped, false), directory, cutShort, progress)
                    .run();
            return new EvidenceOptions.Outcome(report.passed(), report.places(), report.figures());
        });
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
}
