package lethe.device.store;

import java.util.Optional;
import lethe.core.identity.Opaque;

/**
 * A place for a few kilobytes of a phone's, replaced as a whole. Safe for use by many threads. Once its store is closed
 * every call fails.
 */
public interface Slot {
    /**
     * What is there; empty if nothing is.
     *
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    Optional<Opaque> read();

    /**
     * Replaces it, at once or not at all; durable on return. On a phone that is encrypted the key of what was there is
     * destroyed then.
     *
     * @throws java.io.UncheckedIOException if it could not be written; then what was there is there still, unless it
     *     was its key that could not be destroyed
     */
    void write(Opaque content);

    /** Nothing is there from now on; durable on return. */
    void delete();
}
