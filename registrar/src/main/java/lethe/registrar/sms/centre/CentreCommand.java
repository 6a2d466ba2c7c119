package lethe.registrar.sms.centre;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import javax.net.ServerSocketFactory;
import lethe.registrar.process.Surroundings;
import lethe.registrar.sms.IdProfile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lethe smsc}: a centre for development, until it is told to stop. */
@Command(
        name = "smsc",
        mixinStandardHelpOptions = true,
        description =
                "Runs an SMS centre for development on the loopback until SIGTERM or Ctrl-C: takes SMS, sends none, and"
                        + " reports as it is told to.")
public final class CentreCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "2775",
            description = "Where to listen; 0: a free one. Default: ${DEFAULT-VALUE}")
    private int port;

    @Option(
            names = "--password",
            paramLabel = "TEXT",
            defaultValue = "sesame",
            description = "What whoever binds has to say. Default: ${DEFAULT-VALUE}")
    private String password = "";

    @Option(
            names = "--answer-ms",
            paramLabel = "MS",
            defaultValue = "0",
            description = "How long it thinks about each SMS. Default: ${DEFAULT-VALUE}")
    private long answer;

    @Option(
            names = "--report-ms",
            paramLabel = "MS",
            defaultValue = "1000",
            description = "How long until reports go. Default: ${DEFAULT-VALUE}")
    private long report;

    @Option(
            names = "--reports",
            paramLabel = "ORDER",
            defaultValue = "in-order",
            description = "in-order, reversed, early (before the answer) or none. Default: ${DEFAULT-VALUE}")
    private String order = "";

    @Option(
            names = "--ids",
            paramLabel = "PROFILE",
            defaultValue = "exact",
            description = "Ids in answers and in reports: exact, hex-decimal or decimal-hex. Default: ${DEFAULT-VALUE}")
    private String ids = "";

    @Option(names = "--text-only", description = "Reports without parameters beside their text.")
    private boolean textOnly;

    @Option(names = "--twice", description = "Each report goes twice.")
    private boolean twice;

    @Option(
            names = "--fail",
            paramLabel = "PERCENT",
            defaultValue = "0",
            description = "So many are reported as undeliverable. Default: ${DEFAULT-VALUE}")
    private int fail;

    @Option(
            names = "--refuse",
            paramLabel = "PERCENT",
            defaultValue = "0",
            description = "So many are not taken. Default: ${DEFAULT-VALUE}")
    private int refuse;

    @Option(
            names = "--throttle",
            paramLabel = "N",
            defaultValue = "0",
            description = "Every Nth is not taken for now (ESME_RTHROTTLED); 0: none. Default: ${DEFAULT-VALUE}")
    private int throttle;

    @Option(names = "--quiet", description = "Print no SMS.")
    private boolean quiet;

    @Option(names = "--show-numbers", description = "Print numbers in full. Without it, only their ends.")
    private boolean showNumbers;

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description =
                    "Write to the end of this file what came, a line of JSON each, with number and text in clear.")
    private @Nullable Path record;

    @Option(names = "--exit-with-parent", description = "Stop when standard input ends.")
    private boolean exitWithParent;

    @Override
    public Integer call() throws InterruptedException {
        Optional<Behaviour> behaviour = behaviour();
        PrintWriter err = spec.commandLine().getErr();
        if (behaviour.isEmpty()) {
            err.println("lethe smsc: no such order of reports, or no such ids");
            return ExitCode.USAGE;
        }
        Path file = record;
        if (file == null) {
            return serve(behaviour.get(), this::print);
        }
        err.println("lethe smsc: numbers and texts go to " + file + " in clear");
        err.flush();
        try (CentreRecord written = CentreRecord.open(file, Clock.systemUTC())) {
            return serve(behaviour.get(), sms -> {
                written.add(sms);
                print(sms);
            });
        } catch (IOException unwritable) {
            err.println("lethe smsc: cannot write to " + file);
            return ExitCode.SOFTWARE;
        }
    }

    private int serve(Behaviour behaviour, Consumer<Received> receiver) throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        try (DevelopmentCentre centre =
                DevelopmentCentre.open(port, password, behaviour, ServerSocketFactory.getDefault(), receiver)) {
            say("smsc ready smpp://127.0.0.1:" + centre.port());
            if (exitWithParent) {
                Surroundings.whenInputEnds(end::countDown);
            }
            end.await();
            return ExitCode.OK;
        } catch (IOException taken) {
            spec.commandLine().getErr().println("lethe smsc: cannot listen on port " + port);
            return ExitCode.SOFTWARE;
        }
    }

    private Optional<Behaviour> behaviour() {
        Optional<IdProfile> profile = IdProfile.ofWord(ids);
        try {
            Behaviour.Order wanted =
                    Behaviour.Order.valueOf(order.toUpperCase(Locale.ROOT).replace('-', '_'));
            return profile.map(known -> new Behaviour(
                    Duration.ofMillis(answer),
                    Duration.ofMillis(report),
                    wanted,
                    known,
                    !textOnly,
                    twice,
                    fail,
                    refuse,
                    throttle));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    private void print(Received sms) {
        if (quiet) {
            return;
        }
        say((sms.taken() ? "sms " : "not taken ") + (showNumbers ? sms.number() : sms.masked()) + " "
                + sms.text().replaceAll("\\p{Cntrl}", "."));
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        synchronized (this) {
            out.println(line);
            out.flush();
        }
    }
}
