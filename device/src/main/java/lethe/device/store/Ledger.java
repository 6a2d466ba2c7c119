package lethe.device.store;

import java.util.List;
import lethe.core.identity.Opaque;

/**
 * An append-only list of records that survives the death of the phone. One thread at a time.
 *
 * <p>A batch is written whole or not at all.
 */
public interface Ledger extends AutoCloseable {
    /** What was in it when it was opened, oldest first. */
    List<Opaque> recovered();

    /**
     * Appends a batch; it is durable on return.
     *
     * @throws java.io.UncheckedIOException if it could not be written; then nothing of it counts
     */
    void append(List<Opaque> batch);

    /** Appends a batch that may be lost if the power goes, but not if only the process dies. */
    void appendLazily(List<Opaque> batch);

    /** Replaces everything, at once or not at all; durable on return. */
    void replace(List<Opaque> records);

    /** How many records it holds. */
    int size();

    @Override
    void close();
}
