package lethe.registrar.verifier;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import lethe.client.tagging.TagClient;
import lethe.registrar.process.LimitOptions;
import lethe.registrar.process.ListenOptions;
import lethe.registrar.process.PrivateFile;
import lethe.registrar.process.Surroundings;
import lethe.registrar.sms.SmppFile;
import lethe.registrar.sms.SmppSender;
import lethe.registrar.sms.SmppSettings;
import lethe.registrar.sms.SmsSender;
import org.jspecify.annotations.Nullable;
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

    @Option(names = "--show-key", description = "Print the public halves of the keys, and end.")
    private boolean showKey;

    @Mixin
    private ListenOptions listen = new ListenOptions();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8091",
            description = "Where to listen; 0: a free one. Default: ${DEFAULT-VALUE}")
    private int port;

    @Mixin
    private LimitOptions limits = new LimitOptions();

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

    @Override
    public Integer call() throws InterruptedException {
        PrivateFile file = new PrivateFile(key == null ? Surroundings.home().resolve("verifier.key") : key);
        try {
            if (makeKey || (makeMissingKey && !file.exists())) {
                file.create(VerifierKeyring.draw(new SecureRandom()).toLines());
            }
            Optional<VerifierKeyring> keys = VerifierKeyring.fromLines(file.read());
            if (keys.isEmpty()) {
                return complain(
                        "the file " + file + " does not hold a verifier's keys: opening, signing and pseudonyms");
            }
            if (makeKey || showKey) {
                print(keys.get());
                return ExitCode.OK;
            }
            return serve(keys.get());
        } catch (IOException unusable) {
            return complain(unusable.getMessage());
        }
    }

    private int serve(VerifierKeyring keys) throws IOException, InterruptedException {
        VerifierLimits wanted = new VerifierLimits(limits.read(VerifierLimits.ALL));
        var unused = listen.tls();
        Optional<TagClient> tags = taggers.read(keys.own(), Clock.systemUTC());
        if (tags.isEmpty()) {
            return complain(
                    "it needs --tagger http://HOST:PORT and --pinned VERSION:KEY, and certificates that it can read");
        }
        if (printCodes == (smpp != null)) {
            return complain("it needs --smpp FILE, or --print-codes for development");
        }
        SmppSettings centre = smpp == null ? null : SmppFile.read(smpp);
        String shortCode = centre == null ? null : centre.shortCode();
        Sessions sessions = new Sessions(wanted.bounds(), new SecureRandom(), shortCode);
        Texts texts = new Texts(sessions, Clock.systemUTC());
        try (SmsSender sms = sms(centre, texts)) {
            serve(keys, sessions, texts, sms, tags.get(), wanted);
        }
        return ExitCode.OK;
    }

    private SmsSender sms(@Nullable SmppSettings centre, Texts texts) {
        return centre == null ? new PrintedCodes(spec.commandLine().getOut()) : SmppSender.start(centre, texts);
    }

    private void serve(
            VerifierKeyring keys, Sessions sessions, Texts texts, SmsSender sms, TagClient tags, VerifierLimits wanted)
            throws IOException, InterruptedException {
        Bounds bounds = wanted.bounds();
        Clock clock = Clock.systemUTC();
        VerifierService service = new VerifierService(new Verifier(keys, sessions, bounds, sms, tags, clock));
        ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "forget");
            thread.setDaemon(true);
            return thread;
        });
        var unused = sweeper.scheduleWithFixedDelay(
                () -> sessions.forget(clock.instant()), SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
        var unusedToo = sweeper.scheduleWithFixedDelay(
                () -> texts.told().ifPresent(told -> say("texts within an hour: " + told)), 1, 1, TimeUnit.HOURS);
        try {
            print(keys);
            listen.serve(
                    "verifier", port, wanted.port(), service, spec.commandLine().getOut());
        } finally {
            sweeper.shutdownNow();
        }
    }

    private void print(VerifierKeyring keys) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("key " + keys.pinned().toText());
        out.flush();
    }

    private int complain(@Nullable String text) {
        say(text);
        return UNUSABLE_CONFIGURATION;
    }

    private void say(@Nullable String text) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("lethe verifier: " + text);
        err.flush();
    }
}
