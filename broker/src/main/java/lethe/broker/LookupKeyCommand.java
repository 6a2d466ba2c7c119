package lethe.broker;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import lethe.broker.lookup.SetSigner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lethe admin lookup-key}: prints what phones pin. Reads the installation's secret, and asks no broker. */
@Command(
        name = "lookup-key",
        mixinStandardHelpOptions = true,
        description = "Prints the public key by which phones know what this installation publishes of who is listed.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:The key is printed.",
            "2:There is no installation yet: start its broker first.",
            "78:The configuration is unusable."
        })
final class LookupKeyCommand implements Callable<Integer> {
    private static final int NO_INSTALLATION = 2;
    private static final int UNUSABLE_CONFIGURATION = 78;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "-c", paramLabel = "FILE", description = "The broker's settings, as for `lethe broker`.")
    private @Nullable Path file;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "One setting, for example -D lethe.identity.key-file=/var/lib/lethe/identity.key.")
    private Map<String, String> single = new LinkedHashMap<>();

    @Override
    public Integer call() {
        try {
            Config config = Configuration.of(single, Optional.ofNullable(file));
            Path secret = BrokerSettings.identityKeyFile(config);
            if (Files.notExists(secret)) {
                return refuse(NO_INSTALLATION, "there is no " + secret);
            }
            PrintWriter out = spec.commandLine().getOut();
            out.println(SetSigner.of(IdentityKey.in(secret)).publicKey().bytes().toText());
            out.flush();
            return 0;
        } catch (IllegalArgumentException | ConfigException e) {
            return refuse(UNUSABLE_CONFIGURATION, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return refuse(NO_INSTALLATION, String.valueOf(e.getMessage()));
        }
    }

    private int refuse(int code, String why) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("lethe admin lookup-key: " + why);
        err.flush();
        return code;
    }
}
