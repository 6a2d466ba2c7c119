package lethe.loadtest.process;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import lethe.client.sealing.GatewayKey;
import org.jspecify.annotations.Nullable;

/**
 * A gateway for development, a process on the loopback, with one centre for all numbers. It finds its key and what it
 * has sent again at the next start.
 */
public final class GatewayProcess implements AutoCloseable {
    private static final List<String> JAVA = List.of("-XX:+UseSerialGC", "-Xmx64m");
    private static final String EVERYWHERE = "\"+1\", \"+2\", \"+3\", \"+4\", \"+5\", \"+6\", \"+7\", \"+8\", \"+9\"";

    private final Children children;
    private final Child gateway;
    private final Path log;
    private final URI address;
    private final GatewayKey pinned;

    private GatewayProcess(Children children, Child gateway, Path log, URI address, GatewayKey pinned) {
        this.children = children;
        this.gateway = gateway;
        this.log = log;
        this.address = address;
        this.pinned = pinned;
    }

    /**
     * Starts it on 127.0.0.1, without TLS, and returns when it is ready.
     *
     * @param directory of its key, configuration and journal, below {@code gateway}, and its log, below {@code logs}
     * @param port 0 for a free one
     * @param centre its port
     */
    public static GatewayProcess start(Path directory, int port, int centre) throws IOException, InterruptedException {
        return start(directory, RegistrarPort.inClear(port), null, centre, List.of());
    }

    /**
     * As the other, elsewhere.
     *
     * @param clients PEM: whose certificates it takes, where it has one itself; null for nobody's
     */
    public static GatewayProcess start(Path directory, RegistrarPort port, @Nullable Path clients, int centre)
            throws IOException, InterruptedException {
        return start(directory, port, clients, centre, List.of());
    }

    /**
     * As the other.
     *
     * @param settings more lines of its configuration
     */
    public static GatewayProcess start(
            Path directory, RegistrarPort port, @Nullable Path clients, int centre, List<String> settings)
            throws IOException, InterruptedException {
        Path own = Files.createDirectories(directory.resolve("gateway"));
        Path logs = directory.resolve("logs");
        Children children = new Children(Program.current(), logs);
        try {
            List<String> arguments = new ArrayList<>(List.of(
                    "gateway",
                    "--make-missing-key",
                    "--key",
                    own.resolve("gateway.key").toString(),
                    "--data",
                    own.resolve("journal").toString(),
                    "--config",
                    configuration(own, centre, settings).toString()));
            arguments.addAll(port.arguments());
            if (clients != null) {
                arguments.addAll(List.of("--clients", clients.toString()));
            }
            Child gateway = children.start("gateway", Patience.TAGGER_END, JAVA, arguments);
            URI address = URI.create(gateway.awaitReady("gateway", Patience.TAGGER_START));
            Path log = logs.resolve("gateway.log");
            return new GatewayProcess(children, gateway, log, address, pinned(log));
        } catch (IOException | InterruptedException | RuntimeException failed) {
            children.close();
            throw failed;
        }
    }

    private static Path configuration(Path directory, int centre, List<String> settings) throws IOException {
        Path file = directory.resolve("gateway.conf");
        if (Files.notExists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        return Files.writeString(
                file,
                "centres.smsc { host = 127.0.0.1, port = " + centre + ", system = lethe, password = "
                        + CentreProcess.PASSWORD + ", source = Lethe, longest-pause = 2s }\n"
                        + "routes = [ { prefixes = [" + EVERYWHERE + "], centres = [smsc] } ]\n"
                        + String.join("\n", settings) + "\n");
    }

    /** It prints its key before it is ready. */
    private static GatewayKey pinned(Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.startsWith("key "))
                .reduce((earlier, later) -> later)
                .flatMap(line -> GatewayKey.fromText(line.substring("key ".length())))
                .orElseThrow(() -> new IOException("the gateway does not say its key"));
    }

    /** Where brokers ask. */
    public URI address() {
        return address;
    }

    /** What phones pin. */
    public GatewayKey pinned() {
        return pinned;
    }

    /** What it says: of no number, and no message. */
    public Path log() {
        return log;
    }

    public long pid() {
        return gateway.pid();
    }

    /** Ends it as a crash would (SIGKILL); returns when it is gone. */
    public void kill() throws InterruptedException {
        gateway.kill();
    }

    /** Completes when it has ended. */
    public CompletableFuture<Integer> ended() {
        return gateway.ended();
    }

    /** Whether this process was told to end, so that what fails now need not be told. */
    public boolean isEnding() {
        return children.isEnding();
    }

    @Override
    public void close() {
        children.close();
    }
}
