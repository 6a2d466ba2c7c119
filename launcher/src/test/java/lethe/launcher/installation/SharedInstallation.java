package lethe.launcher.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import lethe.loadtest.process.Installation;
import lethe.loadtest.process.InstallationPlan;
import lethe.loadtest.process.Scratch;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * The one real installation that all tests of this JVM share: started by the first that asks, stopped and erased when
 * the JVM ends. Each test uses phones of its own.
 */
@NullMarked
final class SharedInstallation {
    private static @Nullable Installation running;

    private SharedInstallation() {}

    static synchronized Installation get() {
        if (running == null) {
            running = start();
        }
        return running;
    }

    /** A file that goes with the installation. */
    static Path file(String name) {
        return get().logs().resolveSibling(name);
    }

    /** Whether tests run in their full size. */
    static boolean isLong() {
        return Boolean.getBoolean("lethe.long");
    }

    private static Installation start() {
        try {
            Scratch directory = Scratch.create("test");
            Installation installation = Installation.start(InstallationPlan.in(directory.directory())
                    .withQuickCassandra()
                    .withBrokerJava("-XX:+UseParallelGC", "-Xmx512m")
                    // A busy machine is no reason to write to a disk: who is connected is given time to acknowledge.
                    .with("lethe.subscriber.hold-window", "3 s")
                    // Nor to refuse what it will come to.
                    .with("lethe.loops.late-after", "2 s")
                    .with("lethe.subscriber.idle-after", "5 s")
                    // One address and one phone stand for thousands here.
                    .with("lethe.edge.connections.requests-per-second", "100000")
                    .with("lethe.edge.connections.request-burst", "100000")
                    .with("lethe.session.frames-per-second", "100000")
                    .with("lethe.subscriber.sends-per-second", "100000")
                    .with("lethe.subscriber.send-burst", "100000")
                    .with("lethe.edge.connections.opt-ins-per-second", "100000")
                    .with("lethe.edge.connections.opt-in-burst", "100000")
                    .with("lethe.session.burst", "100000"));
            installation.afterwards(directory::erase);
            return installation;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the installation started", interrupted);
        }
    }
}
