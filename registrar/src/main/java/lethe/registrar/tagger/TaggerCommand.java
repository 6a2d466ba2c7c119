package lethe.registrar.tagger;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import lethe.client.sealing.PinnedVerifier;
import lethe.core.identity.DeviceKey;
import lethe.registrar.process.LimitOptions;
import lethe.registrar.process.ListenOptions;
import lethe.registrar.process.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
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
            "  ./lethe tagger --verifier KEY --certificate chain.pem --private-key tls.pem --address 0.0.0.0",
            "",
            "Without a certificate it listens on the loopback only, and without a verifier it serves everybody there."
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

    @Mixin
    private ListenOptions listen = new ListenOptions();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8090",
            description = "Where to listen; 0: a free one. Default: ${DEFAULT-VALUE}")
    private int port;

    @Option(
            names = "--verifier",
            paramLabel = "KEY",
            description =
                    "Serve those with a permit by this verifier, of which ./lethe verifier --make-key printed the key;"
                            + " may be repeated.")
    private List<String> verifiers = List.of();

    @Mixin
    private LimitOptions limits = new LimitOptions();

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
        TaggerLimits wanted = new TaggerLimits(limits.read(TaggerLimits.ALL));
        var unused = listen.tls();
        if (listen.isPublic() && verifiers.isEmpty() && !listen.namesClients()) {
            throw new IOException(
                    "with a certificate it needs --verifier KEY, or --clients FILE: whoever asks as often as"
                            + " they like tries all numbers");
        }
        Admission admission = admission(wanted.allowance());
        KeyCommand.print(spec.commandLine().getOut(), keys);
        listen.serve(
                "tagger",
                port,
                wanted.port(),
                new TaggerService(new Tagger(keys, new SecureRandom(), admission)),
                spec.commandLine().getOut());
        return ExitCode.OK;
    }

    private Admission admission(Allowance allowance) throws IOException {
        if (verifiers.isEmpty()) {
            say("without --verifier it serves whoever reaches it, as often as they like");
            return Admission.everybody();
        }
        Set<DeviceKey> keys = verifiers.stream()
                .map(PinnedVerifier::fromText)
                .flatMap(Optional::stream)
                .map(PinnedVerifier::signing)
                .collect(Collectors.toSet());
        if (keys.size() != Set.copyOf(verifiers).size()) {
            throw new IOException("a verifier's key is what ./lethe verifier --make-key printed");
        }
        Accounts accounts = new Accounts(
                allowance,
                () -> say(
                        "as many pseudonyms are counted as may be, and new ones are refused: raise --limit pseudonyms"));
        return new Permits(keys, accounts, Clock.systemUTC());
    }

    private int complain(@Nullable String text) {
        say(text);
        return UNUSABLE_CONFIGURATION;
    }

    private void say(@Nullable String text) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("lethe tagger: " + text);
        err.flush();
    }
}
