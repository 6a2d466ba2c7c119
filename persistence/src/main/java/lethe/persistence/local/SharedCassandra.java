package lethe.persistence.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The one Cassandra that all tests of a JVM share: started by the first that asks, stopped and erased when the JVM
 * ends.
 */
public final class SharedCassandra {

    /** Each suite has tables of its own, which stay to the end: sixty keyspaces of a dozen tables filled 512 MB. */
    private static final int HEAP_MEGABYTES = 1536;

    private static final AtomicInteger KEYSPACES = new AtomicInteger();
    private static @Nullable LocalCassandra running;

    private SharedCassandra() {}

    /** The running server. */
    public static synchronized LocalCassandra get() {
        if (running == null) {
            running = start();
        }
        return running;
    }

    /** A keyspace name that no other caller in this JVM got: suites do not see each other's rows. */
    public static String freshKeyspace(String suite) {
        var plain = suite.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
        return "t" + KEYSPACES.incrementAndGet() + "_" + plain.substring(0, Math.min(24, plain.length()));
    }

    private static LocalCassandra start() {
        try {
            var directory = Files.createTempDirectory("lethe-cassandra-");
            var cassandra = LocalCassandra.start(LocalCassandraSettings.in(directory, Endpoint.free())
                    .withHeapMegabytes(HEAP_MEGABYTES)
                    .withQuickJit());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(cassandra, directory), "stop-cassandra"));
            return cassandra;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Cassandra started", interrupted);
        }
    }

    private static void stop(LocalCassandra cassandra, Path directory) {
        try {
            cassandra.kill();
            erase(directory);
        } catch (IOException ended) {
            // It ended by itself; the directory stays for whoever wants to know why.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Deletes a directory and all below it. */
    static void erase(Path directory) throws IOException {
        try (var below = Files.walk(directory)) {
            for (var path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
