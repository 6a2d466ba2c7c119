package lethe.registrar.gateway;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import lethe.registrar.process.LimitOptions;
import lethe.registrar.process.ListenOptions;
import lethe.registrar.process.PrivateFile;
import lethe.registrar.process.Surroundings;
import lethe.registrar.sms.SmppCentre;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lethe gateway}: one gateway, until it is told to stop. */
@Command(
        name = "gateway",
        mixinStandardHelpOptions = true,
        description =
                "Runs a gateway until SIGTERM or Ctrl-C: sends SMS that no broker can read, and says what became of"
                        + " them.",
        footer = {
            "",
            "  ./lethe gateway --make-key           once; prints what phones pin",
            "  ./lethe gateway --config gateway.conf --certificate FILE --private-key FILE --clients FILE",
            "",
            "Without a certificate it listens on the loopback only. docs/sms.md says what stands in gateway.conf."
        })
public final class GatewayCommand implements Callable<Integer> {
    private static final int UNUSABLE_CONFIGURATION = 78;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "Its keys, readable by their owner only. Default: gateway.key in $LETHE_HOME, or in ~/.lethe")
    private @Nullable Path key;

    @Option(names = "--make-key", description = "Make the file with a new key, print its public half, and end.")
    private boolean makeKey;

    @Option(names = "--make-missing-key", description = "For development: make the file if there is none, and run.")
    private boolean makeMissingKey;

    @Option(
            names = "--renew-key",
            description = "Put a new key in front, print its public half, and end; the last three still open.")
    private boolean renewKey;

    @Option(names = "--show-key", description = "Print the public half of the key that phones pin, and end.")
    private boolean showKey;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Centres, routes and costs (HOCON), readable by its owner only.")
    private @Nullable Path config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where it keeps what it has to know after a restart. Default: gateway beside the key")
    private @Nullable Path data;

    @Mixin
    private ListenOptions listen = new ListenOptions();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8092",
            description = "Where to listen; 0: a free one. Default: ${DEFAULT-VALUE}")
    private int port;

    @Mixin
    private LimitOptions limits = new LimitOptions();

    @Override
    public Integer call() throws InterruptedException {
        Path path = key == null ? Surroundings.home().resolve("gateway.key") : key;
        PrivateFile file = new PrivateFile(path);
        try {
            if (makeKey || (makeMissingKey && !file.exists())) {
                file.create(GatewayKeyring.draw(new SecureRandom()).toLines());
            }
            GatewayKeyring keys = read(file);
            if (renewKey) {
                keys = keys.renewed(new SecureRandom());
                file.replace(keys.toLines());
            }
            if (makeKey || renewKey || showKey) {
                print(keys);
                return ExitCode.OK;
            }
            Path beside = path.toAbsolutePath().resolveSibling("gateway");
            return serve(keys, data == null ? beside : data);
        } catch (IOException unusable) {
            return complain(unusable.getMessage());
        }
    }

    private static GatewayKeyring read(PrivateFile file) throws IOException {
        return GatewayKeyring.fromLines(file.read())
                .orElseThrow(() -> new IOException("the file " + file + " does not hold a gateway's keys: opening"));
    }

    private int serve(GatewayKeyring keys, Path directory) throws IOException, InterruptedException {
        GatewayLimits wanted = new GatewayLimits(limits.read(GatewayLimits.ALL));
        var unused = listen.tls();
        if (listen.isPublic() && !listen.namesClients()) {
            throw new IOException("with a certificate it needs --clients FILE: whoever asks has SMS sent");
        }
        if (config == null) {
            return complain("it needs --config FILE");
        }
        GatewaySettings settings = GatewayFile.read(config);
        SecureRandom random = new SecureRandom();
        Clock clock = Clock.systemUTC();
        Journal.Opened journal = Journal.open(directory, random);
        if (journal.lost()) {
            say("the key of the journal in " + directory + " is gone: what was sent before is not known any more");
        }
        Book book = Book.open(journal, clock);
        try (Gateway gateway = new Gateway(keys, settings, wanted, book, SmppCentre::start, random, clock)) {
            serve(keys, gateway, wanted);
        }
        return ExitCode.OK;
    }

    private void serve(GatewayKeyring keys, Gateway gateway, GatewayLimits wanted)
            throws IOException, InterruptedException {
        ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "forget");
            thread.setDaemon(true);
            return thread;
        });
        var unused = sweeper.scheduleWithFixedDelay(() -> trying(gateway::sweep), 1, 1, TimeUnit.SECONDS);
        var unusedToo = sweeper.scheduleWithFixedDelay(
                () -> trying(gateway::replaceKey), wanted.keySeconds(), wanted.keySeconds(), TimeUnit.SECONDS);
        var unusedAsWell = sweeper.scheduleWithFixedDelay(
                () -> gateway.told().ifPresent(told -> say("within an hour: " + told)), 1, 1, TimeUnit.HOURS);
        try {
            print(keys);
            listen.serve(
                    "gateway",
                    port,
                    wanted.port(),
                    new GatewayService(gateway),
                    spec.commandLine().getOut());
        } finally {
            sweeper.shutdownNow();
        }
    }

    private interface Chore {
        void run() throws IOException;
    }

    private void trying(Chore chore) {
        try {
            chore.run();
        } catch (IOException journal) {
            say("the journal cannot be written: no SMS is taken until it can");
        }
    }

    private void print(GatewayKeyring keys) {
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
        err.println("lethe gateway: " + text);
        err.flush();
    }
}
