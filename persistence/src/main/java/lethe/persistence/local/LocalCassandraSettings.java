package lethe.persistence.local;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How one local Cassandra is to run.
 *
 * @param directory its own directory, created when absent; data, logs and configuration live there
 * @param endpoint where it listens
 * @param sync when it answers writes
 * @param heapMegabytes size of its heap
 * @param quickJit compile with C1 only: starts with less CPU, serves load with more
 * @param attachable let the JDK's tools attach to the server, dump its heap and flush its tables: for drills
 * @param startWithin how long it may take until it answers CQL
 */
public record LocalCassandraSettings(
        Path directory,
        Endpoint endpoint,
        CommitLogSync sync,
        int heapMegabytes,
        boolean quickJit,
        boolean attachable,
        Duration startWithin) {

    /** Least heap with which Cassandra 5 starts reliably. */
    public static final int MINIMUM_HEAP_MEGABYTES = 192;

    public LocalCassandraSettings {
        directory = directory.toAbsolutePath().normalize();
        if (heapMegabytes < MINIMUM_HEAP_MEGABYTES) {
            throw new IllegalArgumentException("heap below " + MINIMUM_HEAP_MEGABYTES + " MiB: " + heapMegabytes);
        }
    }

    /** Writes synced before the answer, 256 MiB of heap, both compilers. */
    public static LocalCassandraSettings in(Path directory, Endpoint endpoint) {
        return new LocalCassandraSettings(
                directory, endpoint, CommitLogSync.batch(), 256, false, false, Duration.ofMinutes(2));
    }

    public LocalCassandraSettings withSync(CommitLogSync changed) {
        return new LocalCassandraSettings(
                directory, endpoint, changed, heapMegabytes, quickJit, attachable, startWithin);
    }

    public LocalCassandraSettings withEndpoint(Endpoint changed) {
        return new LocalCassandraSettings(directory, changed, sync, heapMegabytes, quickJit, attachable, startWithin);
    }

    public LocalCassandraSettings withHeapMegabytes(int changed) {
        return new LocalCassandraSettings(directory, endpoint, sync, changed, quickJit, attachable, startWithin);
    }

    public LocalCassandraSettings withQuickJit() {
        return new LocalCassandraSettings(directory, endpoint, sync, heapMegabytes, true, attachable, startWithin);
    }

    public LocalCassandraSettings withAttach() {
        return new LocalCassandraSettings(directory, endpoint, sync, heapMegabytes, quickJit, true, startWithin);
    }
}
