package lethe.persistence.fence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import lethe.persistence.local.SharedCassandra;

/** A time in which the shared Cassandra's process is stopped: it takes connections and requests, and answers none. */
final class Outage {

    private final long server;

    private Outage(long server) {
        this.server = server;
    }

    static Outage begin() throws IOException {
        var outage = new Outage(SharedCassandra.get().server().pid());
        outage.signal("STOP");
        return outage;
    }

    CompletableFuture<Void> endAfter(Duration time) {
        return CompletableFuture.runAsync(
                this::end, CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** For good, however often it is called. */
    void end() {
        signal("CONT");
    }

    /** By the shell's own command: not every machine has another. */
    private void signal(String name) {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + name + " " + server)
                    .inheritIO()
                    .start()
                    .onExit()
                    .join();
        } catch (IOException notStarted) {
            throw new UncheckedIOException(notStarted);
        }
    }
}
