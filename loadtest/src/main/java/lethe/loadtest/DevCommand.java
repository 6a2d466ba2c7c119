package lethe.loadtest;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.loadtest.process.CentreProcess;
import lethe.loadtest.process.GatewayProcess;
import lethe.loadtest.process.Installation;
import lethe.loadtest.process.InstallationPlan;
import lethe.loadtest.process.Loopback;
import lethe.loadtest.process.TaggerProcess;
import lethe.loadtest.process.VerifierProcess;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
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

    @Option(
            names = "--tagger-port",
            paramLabel = "PORT",
            defaultValue = "8090",
            description = "Where the tagger listens, on the loopback. Default: ${DEFAULT-VALUE}")
    private int taggerPort;

    @Option(
            names = "--verifier-port",
            paramLabel = "PORT",
            defaultValue = "8091",
            description = "Where the verifier listens, on the loopback. Default: ${DEFAULT-VALUE}")
    private int verifierPort;

    @Option(
            names = "--gateway-port",
            paramLabel = "PORT",
            defaultValue = "8092",
            description = "Where the gateway listens, on the loopback. Default: ${DEFAULT-VALUE}")
    private int gatewayPort;

    @Option(
            names = "--smsc-port",
            paramLabel = "PORT",
            defaultValue = "2775",
            description = "Where its SMS centre listens, on the loopback. Default: ${DEFAULT-VALUE}")
    private int centrePort;

    @Option(
            names = "--policy-key",
            paramLabel = "KEY",
            description =
                    "The public key that `admin policy key` prints: whose policies the broker takes while it runs."
                            + " Default: nobody's")
    private @Nullable String policyKey;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        if (!isKey()) {
            err.println("A policy key is 32 bytes in base64url.");
            return ExitCode.USAGE;
        }
        if (!isFree(address, port, "--port")
                || !isFree(InetAddress.getLoopbackAddress(), taggerPort, "--tagger-port")
                || !isFree(InetAddress.getLoopbackAddress(), verifierPort, "--verifier-port")
                || !isFree(InetAddress.getLoopbackAddress(), gatewayPort, "--gateway-port")
                || !isFree(InetAddress.getLoopbackAddress(), centrePort, "--smsc-port")) {
            return 1;
        }
        err.println(
                "Starting Cassandra, a broker, a tagger, a verifier, a gateway and an SMS centre, half a minute at most ...");
        err.flush();
        try (TaggerProcess tagger = TaggerProcess.start(directory(), taggerPort, VerifierProcess.key(directory()));
                VerifierProcess verifier = VerifierProcess.start(directory(), verifierPort, tagger);
                CentreProcess centre = CentreProcess.start(directory(), centrePort);
                GatewayProcess gateway = GatewayProcess.start(directory(), gatewayPort, centre.port());
                Installation installation = Installation.start(
                        plan(verifier.pinned().toText(), gateway.address().toString()))) {
            announce(installation, tagger, verifier, gateway, centre);
            CompletableFuture.anyOf(
                            installation.broker().ended(),
                            installation.cassandraProcess().ended(),
                            tagger.ended(),
                            verifier.ended(),
                            centre.ended(),
                            gateway.ended())
                    .join();
            if (!installation.isEnding()
                    && !tagger.isEnding()
                    && !verifier.isEnding()
                    && !centre.isEnding()
                    && !gateway.isEnding()) {
                err.println("A part ended by itself: see " + installation.logs());
            }
            return 1;
        } catch (IOException failed) {
            err.println(failed.getMessage());
            return 1;
        }
    }

    private boolean isKey() {
        String key = policyKey;
        try {
            return key == null || Opaque.fromText(key).length() == DeviceKey.LENGTH;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean isFree(InetAddress where, int wanted, String option) {
        boolean free = Loopback.isFree(where, wanted);
        if (!free) {
            spec.commandLine()
                    .getErr()
                    .println("Somebody listens on " + where.getHostAddress() + ":" + wanted
                            + " already: stop that, or choose another " + option + ".");
        }
        return free;
    }

    private Path directory() {
        return data == null ? home().resolve(".lethe").resolve("dev") : data;
    }

    /** Of a broker that believes a verifier with this public key, and has SMS sent by the gateway at this address. */
    InstallationPlan plan(String verifier, String gateway) throws IOException {
        Path directory = directory();
        InstallationPlan plan = InstallationPlan.in(directory)
                .withBrokerAt(address, port)
                .withCassandraAt(cassandraAddress(directory))
                .with("lethe.registration.verifiers.0", verifier)
                .with("lethe.gateway.url", gateway);
        return policyKey == null ? plan : plan.with("lethe.policy.key", policyKey);
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

    private void announce(
            Installation installation,
            TaggerProcess tagger,
            VerifierProcess verifier,
            GatewayProcess gateway,
            CentreProcess centre)
            throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        String broker = installation.address().toString();
        String option = broker.equals(PHONES_DEFAULT) ? "" : " --broker " + broker;
        out.println("broker    " + broker);
        out.println("admin     " + installation.admin());
        out.println("cassandra " + installation.cassandra());
        out.println("tagger    " + tagger.address());
        out.println("verifier  " + verifier.address());
        out.println("gateway   " + gateway.address());
        out.println("logs      " + installation.logs());
        out.println();
        out.println("In two other terminals:");
        out.println("  ./lethe phone alice" + option);
        out.println("  ./lethe phone bob" + option + "          then in alice: /to bob");
        out.println();
        out.println("A number is proven in a terminal; the code stands in " + verifier.log()
                + ", and nowhere else. Before");
        out.println("the phone opts in: the number's tag becomes its address:");
        out.println("  ./lethe phone alice register --verifier " + verifier.address() + " --verifier-key "
                + verifier.pinned().toText());
        out.println();
        out.println("Then the phone may ask for tags of numbers, in one line:");
        out.println("  echo +4915110000002 | ./lethe phone alice tags --tagger " + tagger.address() + " --pinned "
                + tagger.pinned().toText());
        out.println();
        out.println("And which of one's contacts agreed to be found; the first prints KEY for the second:");
        out.println("  ./lethe admin lookup-key -D lethe.data=" + directory().resolve("broker"));
        out.println("  echo +4915110000002 | ./lethe phone alice" + option + " contacts --lookup-key KEY --tagger "
                + tagger.address() + " --pinned " + tagger.pinned().toText());
        out.println();
        out.println("What does not get through can become an SMS. Here it goes no further than " + centre.log() + ":");
        out.println("phones pin the gateway's key, with --gateway-key "
                + gateway.pinned().toText());
        out.println();
        out.println("Ctrl-C stops everything.");
        out.flush();
    }
}
