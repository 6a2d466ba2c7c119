package lethe.persistence.local;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lethe cassandra}: a real Cassandra on the loopback until it is told to stop. */
@Command(
        name = "cassandra",
        mixinStandardHelpOptions = true,
        subcommands = {RowsCommand.class, PayloadsCommand.class},
        description =
                "Runs a real Cassandra on the loopback until SIGTERM or Ctrl-C, and prints one line when it answers.")
public final class CassandraCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Where it keeps its data, found again at the next start. Without it: a temporary directory, erased at the end.")
    private @Nullable Path data;

    @Option(
            names = "--address",
            paramLabel = "IP",
            description = "Loopback address to listen on. Without it: a free one.")
    private @Nullable InetAddress address;

    @Option(
            names = "--heap",
            paramLabel = "MIB",
            defaultValue = "256",
            description = "Heap of the server in MiB (default ${DEFAULT-VALUE}).")
    private int heapMegabytes;

    @Option(names = "--quick", description = "Starts with less work, and serves load with more: for short runs.")
    private boolean quick;

    @Option(names = "--attach", description = "Lets the JDK's tools attach to the server: for drills.")
    private boolean attach;

    @Option(names = "--exit-with-parent", description = "Stop when standard input ends.")
    private boolean exitWithParent;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var endpoint = address == null ? Endpoint.free() : Endpoint.on(address);
        if (!endpoint.address().isLoopbackAddress()) {
            return refuse(endpoint + " is not a loopback address");
        }
        if (!endpoint.isFree()) {
            return refuse("somebody listens on " + endpoint + " already");
        }
        var directory = data == null ? Files.createTempDirectory("lethe-cassandra-") : data;
        var stop = new CompletableFuture<Void>();
        var stopped = new CompletableFuture<Void>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> finish(stop, stopped), "stop-cassandra"));
        if (exitWithParent) {
            watchStandardInput(stop);
        }
        try {
            var settings = LocalCassandraSettings.in(directory, endpoint).withHeapMegabytes(heapMegabytes);
            settings = quick ? settings.withQuickJit() : settings;
            return run(attach ? settings.withAttach() : settings, stop);
        } catch (IOException failed) {
            return refuse(String.valueOf(failed.getMessage()));
        } finally {
            if (data == null) {
                SharedCassandra.erase(directory);
            }
            stopped.complete(null);
        }
    }

    private int run(LocalCassandraSettings settings, CompletableFuture<Void> stop)
            throws IOException, InterruptedException {
        try (var cassandra = LocalCassandra.start(settings)) {
            out().println("cassandra ready " + cassandra.endpoint());
            out().flush();
            CompletableFuture.anyOf(stop, cassandra.ended()).join();
            return stop.isDone() ? 0 : refuse("Cassandra ended by itself: see " + cassandra.log());
        }
    }

    /** A signal ends the JVM as soon as the hooks return, so this one waits for the server to drain. */
    private static void finish(CompletableFuture<Void> stop, CompletableFuture<Void> stopped) {
        stop.complete(null);
        stopped.join();
    }

    private static void watchStandardInput(CompletableFuture<Void> stop) {
        var reader = new Thread(
                () -> {
                    try {
                        System.in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException ended) {
                        // Unreadable means the same: nobody is there.
                    }
                    stop.complete(null);
                },
                "watch-standard-input");
        reader.setDaemon(true);
        reader.start();
    }

    private int refuse(String reason) {
        spec().commandLine().getErr().println(reason);
        return 1;
    }

    private PrintWriter out() {
        return spec().commandLine().getOut();
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("not run by picocli");
        }
        return spec;
    }
}
