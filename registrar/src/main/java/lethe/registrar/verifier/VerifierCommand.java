package lethe.registrar.verifier;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import lethe.client.tagging.TagClient;
import lethe.registrar.http.Limits;
import lethe.registrar.http.Port;
import lethe.registrar.http.ServerTls;
import lethe.registrar.process.PrivateFile;
import lethe.registrar.process.Surroundings;
import lethe.registrar.process.TlsOptions;
import lethe.registrar.sms.SmppFile;
import lethe.registrar.sms.SmppSender;
import lethe.registrar.sms.SmsSender;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lethe verifier}: one verifier, until it is told to stop. */
@Command(
        name = "verifier",
        mixinStandardHelpOptions = true,
        description = "Runs a verifier until SIGTERM or Ctrl-C: sends codes by SMS, and signs that a number is proven.",
        footer = {
            "",
            "  ./lethe verifier --make-key          once; prints what phones pin",
            "  ./lethe verifier --tagger URL --pinned VERSION:KEY --smpp smpp.conf",
            "",
            "Without a certificate it listens on the loopback only. docs/registration.md says what stands in smpp.conf."
        })
public final class VerifierCommand implements Callable<Integer> {
    private static final int UNUSABLE_CONFIGURATION = 78;
    private static final int SWEEP_SECONDS = 5;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description =
                    "Its two keys, readable by their owner only. Default: verifier.key in $LETHE_HOME, or in ~/.lethe")
    private @Nullable Path key;

    @Option(names = "--make-key", description = "Make the file with new keys, print their public halves, and end.")
    private boolean makeKey;

    @Option(names = "--make-missing-key", description = "For development: make the file if there is none, and run.")
    private boolean makeMissingKey;

    @Option(
            names = "--address",
            paramLabel = "IP",
            defaultValue = "127.0.0.1",
            description = "Where to listen. Default: ${DEFAULT-VALUE}")
    private InetAddress address = InetAddress.getLoopbackAddress();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8091",
            description = "Where to listen; 0: a free one. Default: ${DEFAULT-VALUE}")
    private int port;

    @ArgGroup(exclusive = false)
    private @Nullable TlsOptions certificates;

    @Mixin
    private TaggerOptions taggers = new TaggerOptions();

    @Option(
            names = "--smpp",
            paramLabel = "FILE",
            description = "How the carrier's SMS centre is reached, readable by its owner only.")
    private @Nullable Path smpp;

    @Option(
            names = "--print-codes",
            description = "For development: send no SMS, but print each code here for whoever reads this terminal.")
    private boolean printCodes;

    @Option(names = "--exit-with-parent", description = "Stop when standard input ends.")
    private boolean exitWithParent;

    @Override
    public Integer call() throws InterruptedException {
        PrivateFile file = new PrivateFile(key == null ? Surroundings.home().resolve("verifier.key") : key);
        try {
            if (makeKey || (makeMissingKey && !file.exists())) {
                file.create(VerifierKeyring.draw(new SecureRandom()).toLines());
            }
            Optional<VerifierKeyring> keys = VerifierKeyring.fromLines(file.read());
            if (keys.isEmpty()) {
                return complain("the file " + file + " does not hold a verifier's keys");
            }
            if (makeKey) {
                print(keys.get());
                return ExitCode.OK;
            }
            return serve(keys.get());
        } catch (IOException unusable) {
            return complain(unusable.getMessage());
        }
    }

    private int serve(VerifierKeyring keys) throws IOException, InterruptedException {
        TlsOptions given = certificates;
        if (given == null && !address.isLoopbackAddress()) {
            return complain("beyond the loopback it needs --certificate and --private-key");
        }
        Optional<ServerTls> tls = given == null ? Optional.empty() : given.read();
        if (given != null && tls.isEmpty()) {
            return complain("the certificates or the private key cannot be read");
        }
        Optional<TagClient> tags = taggers.read();
        if (tags.isEmpty()) {
            return complain(
                    "it needs --tagger http://HOST:PORT and --pinned VERSION:KEY, and authorities that it can read");
        }
        if (printCodes == (smpp != null)) {
            return complain("it needs --smpp FILE, or --print-codes for development");
        }
        try (SmsSender sms = sms()) {
            serve(keys, tags.get(), sms, tls);
        }
        return ExitCode.OK;
    }

    private SmsSender sms() throws IOException {
        return smpp == null ? new PrintedCodes(spec.commandLine().getOut()) : SmppSender.start(SmppFile.read(smpp));
    }

    private void serve(VerifierKeyring keys, TagClient tags, SmsSender sms, Optional<ServerTls> tls)
            throws IOException, InterruptedException {
        Bounds bounds = Bounds.usual();
        Clock clock = Clock.systemUTC();
        Sessions sessions = new Sessions(bounds, new SecureRandom());
        VerifierService service = new VerifierService(new Verifier(keys, sessions, bounds, sms, tags, clock));
        ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "forget");
            thread.setDaemon(true);
            return thread;
        });
        var unused = sweeper.scheduleWithFixedDelay(
                () -> sessions.forget(clock.instant()), SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
        try (Port open = open(service, tls)) {
            InetSocketAddress bound = open.address();
            print(keys);
            PrintWriter out = spec.commandLine().getOut();
            out.println("verifier ready " + (tls.isPresent() ? "https" : "http") + "://"
                    + bound.getAddress().getHostAddress() + ":" + bound.getPort());
            out.flush();
            if (exitWithParent) {
                Surroundings.whenInputEnds(open::close);
            }
            open.awaitEnd();
        } finally {
            sweeper.shutdownNow();
        }
    }

    private Port open(VerifierService service, Optional<ServerTls> tls) throws IOException {
        InetSocketAddress where = new InetSocketAddress(address, port);
        Limits limits = Limits.whoWaitForOthers();
        return tls.isPresent()
                ? Port.open(where, tls.get(), limits, service)
                : Port.openOnLoopback(where, limits, service);
    }

    private void print(VerifierKeyring keys) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("key " + keys.pinned().toText());
        out.flush();
    }

    private int complain(@Nullable String text) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("lethe verifier: " + text);
        err.flush();
        return UNUSABLE_CONFIGURATION;
    }
}
