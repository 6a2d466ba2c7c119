package lethe.loadtest.load;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import lethe.loadtest.process.Usage;
import org.jspecify.annotations.Nullable;

/** What broker, store and driver had used at one moment. */
record Probe(
        long nanoTime, @Nullable Usage broker, @Nullable Usage store, Usage driver) {
    static Probe now(Target target) throws IOException {
        return new Probe(
                System.nanoTime(),
                usage(target.processes()),
                usage(target.storeProcesses()),
                Usage.of(List.of(ProcessHandle.current())));
    }

    private static @Nullable Usage usage(List<ProcessHandle> processes) throws IOException {
        return processes.isEmpty() ? null : Usage.of(processes);
    }

    /** What was done and used from then to this moment. */
    Stretch since(Probe then, List<Meter> meters) {
        return Stretch.of(
                meters,
                Duration.ofNanos(nanoTime - then.nanoTime),
                since(broker, then.broker),
                since(store, then.store),
                driver.since(then.driver));
    }

    private static @Nullable Usage since(@Nullable Usage now, @Nullable Usage then) {
        return now == null || then == null ? null : now.since(then);
    }
}
