package lethe.loadtest.process;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** An SMS centre for development, a process on the loopback: takes SMS, sends none, and prints them to its log. */
public final class CentreProcess implements AutoCloseable {
    /** What whoever binds has to say. */
    static final String PASSWORD = "sesame";

    private static final List<String> JAVA = List.of("-XX:+UseSerialGC", "-Xmx64m");

    private final Children children;
    private final Child centre;
    private final Path log;
    private final int port;

    private CentreProcess(Children children, Child centre, Path log, int port) {
        this.children = children;
        this.centre = centre;
        this.log = log;
        this.port = port;
    }

    /**
     * Starts it, and returns when it is ready.
     *
     * @param directory of its log, below {@code logs}
     * @param port 0 for a free one
     * @param behaviour more options of {@code lethe smsc}
     */
    public static CentreProcess start(Path directory, int port, String... behaviour)
            throws IOException, InterruptedException {
        Path logs = directory.resolve("logs");
        Children children = new Children(Program.current(), logs);
        try {
            List<String> arguments =
                    new ArrayList<>(List.of("smsc", "--port", Integer.toString(port), "--password", PASSWORD));
            arguments.addAll(List.of(behaviour));
            Child centre = children.start("smsc", Patience.TAGGER_END, JAVA, arguments);
            URI address = URI.create(centre.awaitReady("smsc", Patience.TAGGER_START));
            return new CentreProcess(children, centre, logs.resolve("smsc.log"), address.getPort());
        } catch (IOException | InterruptedException | RuntimeException failed) {
            children.close();
            throw failed;
        }
    }

    /** On 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Where SMS are read. */
    public Path log() {
        return log;
    }

    public long pid() {
        return centre.pid();
    }

    /** Completes when it has ended. */
    public CompletableFuture<Integer> ended() {
        return centre.ended();
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
