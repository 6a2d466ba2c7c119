package lethe.loadtest;

import java.io.IOException;
import java.util.concurrent.Callable;
import lethe.loadtest.capture.CaptureReport;
import lethe.loadtest.capture.CaptureRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lethe drill capture}: a phone registers, chats and falls back, and nobody has seen who its owner is. */
@Command(
        name = "capture",
        mixinStandardHelpOptions = true,
        description =
                "Records and decrypts what two phones say while they register, look contacts up, chat and fall back to SMS,"
                        + " and looks for numbers, IMSI, IMEI, carrier and contacts in it, and in the memory, files and"
                        + " answers of all servers (Linux, as root).",
        footer = {
            "",
            "Exit code: 0 if nothing was found where it may not be and all controls found what is there, 1 if not, 77 if"
                    + " this machine does not let the drill be made: without root, tcpdump or tshark."
        })
public final class CaptureCommand implements Callable<Integer> {
    private static final int MOST_CONTACTS = 1_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--contacts",
            paramLabel = "N",
            defaultValue = "300",
            description = "In the address book, up to 1000. Default: ${DEFAULT-VALUE}")
    private int contacts;

    @Mixin
    private EvidenceOptions evidence = new EvidenceOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (contacts < 2 || contacts > MOST_CONTACTS) {
            throw new ParameterException(spec.commandLine(), "an address book has 2 to " + MOST_CONTACTS + " contacts");
        }
        return evidence.drill("capture", spec, (directory, cutShort, progress) -> {
            CaptureReport report = new CaptureRun(contacts, directory, cutShort, progress).run();
            return new EvidenceOptions.Outcome(report.passed(), report.places(), report.figures());
        });
    }
}
