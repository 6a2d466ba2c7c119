package lethe.registrar.tagger;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import lethe.registrar.http.Limits;
import lethe.registrar.http.Port;
import lethe.registrar.http.ServerTls;
import lethe.registrar.process.Surroundings;
import lethe.registrar.process.TlsOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lethe tagger}: one tagger, until it is told to stop. */
@Command(
        name = "tagger",
        mixinStandardHelpOptions = true,
        subcommands = KeyCommand.class,
        description =
                "Runs a tagger until SIGTERM or Ctrl-C: turns blinded numbers into blinded tags, and sees neither.",
        footer = {
            "",
            "  ./lethe tagger --make-key            once; prints what phones pin",
            "  ./lethe tagger --certificate chain.pem --private-key tls.pem --address 0.0.0.0",
            "",
            "Without a certificate it listens on the loopback only."
        })
public final class TaggerCommand implements Callable<Integer> {
    private static final int UNUSABLE_CONFIGURATION = 78;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The keys, readable by their owner only. Default: tagger.key in $LETHE_HOME, or in ~/.lethe")
    private @Nullable Path key;

    @Option(names = "--make-key", description = "Make the file with one new key, print its public half, and end.")
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
            defaultValue = "8090",
            description = "Where to listen; 0: a free one. Default: ${DEFAULT-VALUE}")
    private int port;

    @ArgGroup(exclusive = false)
    private @Nullable TlsOptions certificates;

    @Option(names = "--exit-with-parent", description = "Stop when standard input ends.")
    private boolean exitWithParent;

    @Override
    public Integer call() throws InterruptedException {
        KeyFile file = new KeyFile(key == null ? Surroundings.home().resolve("tagger.key") : key);
        try {
            if (makeKey || (makeMissingKey && !file.exists())) {
                file.create(Keyring.draw(new SecureRandom()));
            }
            Keyring keys = file.read();
            if (makeKey) {
                KeyCommand.print(spec.commandLine().getOut(), keys);
                return ExitCode.OK;
            }
            return serve(keys);
        } catch (IOException unusable) {
            return complain(unusable.getMessage());
        }
    }

    private int serve(Keyring keys) throws IOException, InterruptedException {
        TlsOptions given = certificates;
        if (given == null && !address.isLoopbackAddress()) {
            return complain("beyond the loopback it needs --certificate and --private-key");
        }
        Optional<ServerTls> tls = given == null ? Optional.empty() : given.read();
        if (given != null && tls.isEmpty()) {
            return complain("the certificates or the private key cannot be read");
        }
        try (Port open = open(keys, tls)) {
            InetSocketAddress bound = open.address();
            PrintWriter out = spec.commandLine().getOut();
            KeyCommand.print(out, keys);
            out.println("tagger ready " + (tls.isPresent() ? "https" : "http") + "://"
                    + bound.getAddress().getHostAddress() + ":" + bound.getPort());
            out.flush();
            if (exitWithParent) {
                Surroundings.whenInputEnds(open::close);
            }
            open.awaitEnd();
        }
        return ExitCode.OK;
    }

    private Port open(Keyring keys, Optional<ServerTls> tls) throws IOException {
        InetSocketAddress where = new InetSocketAddress(address, port);
        TaggerService service = new TaggerService(new Tagger(keys, new SecureRandom()));
        return tls.isPresent()
                ? Port.open(where, tls.get(), Limits.usual(), service)
                : Port.openOnLoopback(where, Limits.usual(), service);
    }

    private int complain(@Nullable String text) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("lethe tagger: " + text);
        err.flush();
        return UNUSABLE_CONFIGURATION;
    }
}
