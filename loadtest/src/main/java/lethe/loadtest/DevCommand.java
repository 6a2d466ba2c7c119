package lethe.loadtest;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import lethe.loadtest.process.Installation;
import lethe.loadtest.process.InstallationPlan;
import lethe.loadtest.process.Loopback;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lethe dev}: everything on one machine, until Ctrl-C. */
@Command(
        name = "dev",
        mixinStandardHelpOptions = true,
        description = "Runs everything on this machine, a real Cassandra included, until Ctrl-C.")
public final class DevCommand implements Callable<Integer> {
    /** Where {@code lethe phone} looks for a broker when it is not told. */
    private static final String PHONES_DEFAULT = "http://127.0.0.1:8080";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where data and logs are, found again at the next start. Default: .lethe/dev of the checkout")
    private @Nullable Path data;

    @Option(
            names = "--address",
            paramLabel = "IP",
            defaultValue = "127.0.0.1",
            description = "Where the broker listens. Default: ${DEFAULT-VALUE}")
    private InetAddress address = InetAddress.getLoopbackAddress();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Where the broker listens. Default: ${DEFAULT-VALUE}")
    private int port;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        if (!Loopback.isFree(address, port)) {
            err.println("Somebody listens on " + address.getHostAddress() + ":" + port
                    + " already: stop that, or choose another --port.");
            return 1;
        }
        err.println("Starting Cassandra and a broker, half a minute at most ...");
        err.flush();
        try (Installation installation = Installation.start(plan())) {
            announce(installation);
            CompletableFuture.anyOf(
                            installation.broker().ended(),
                            installation.cassandraProcess().ended())
                    .join();
            if (!installation.isEnding()) {
                err.println("A part ended by itself: see " + installation.logs());
            }
            return 1;
        } catch (IOException failed) {
            err.println(failed.getMessage());
            return 1;
        }
    }

    private InstallationPlan plan() throws IOException {
        Path directory = data == null ? home().resolve(".lethe").resolve("dev") : data;
        return InstallationPlan.in(directory).withBrokerAt(address, port).withCassandraAt(cassandraAddress(directory));
    }

    /** Cassandra keeps the address of its first start: the data names the node by it. */
    private static InetAddress cassandraAddress(Path directory) throws IOException {
        Path file = directory.resolve("cassandra.address");
        if (Files.exists(file)) {
            return InetAddress.getByName(Files.readString(file).strip());
        }
        InetAddress drawn = InstallationPlan.in(directory).cassandra();
        Files.createDirectories(directory);
        Files.writeString(file, drawn.getHostAddress() + "\n");
        return drawn;
    }

    private static Path home() {
        return Path.of(System.getProperty("lethe.home", ""));
    }

    private void announce(Installation installation) throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        String broker = installation.address().toString();
        String option = broker.equals(PHONES_DEFAULT) ? "" : " --broker " + broker;
        out.println("broker    " + broker);
        out.println("admin     " + installation.admin());
        out.println("cassandra " + installation.cassandra());
        out.println("logs      " + installation.logs());
        out.println();
        out.println("In two other terminals:");
        out.println("  ./lethe phone alice" + option);
        out.println("  ./lethe phone bob" + option + "          then in alice: /to bob");
        out.println();
        out.println("Ctrl-C stops everything.");
        out.flush();
    }
}
