package lethe.device.store;

import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import lethe.core.identity.Opaque;

/**
 * A place for as long as its store is open: afterwards it may be another process's, and whoever is late writes nothing.
 */
final class OpenSlot implements Slot {
    private final Slot slot;
    private boolean closed;

    OpenSlot(Slot slot) {
        this.slot = slot;
    }

    @Override
    public synchronized Optional<Opaque> read() {
        return opened().read();
    }

    @Override
    public synchronized void write(Opaque content) {
        opened().write(content);
    }

    @Override
    public synchronized void delete() {
        opened().delete();
    }

    /** Waits for whoever writes just now. */
    synchronized void close() {
        closed = true;
    }

    private Slot opened() {
        if (closed) {
            throw new UncheckedIOException(new ClosedChannelException());
        }
        return slot;
    }

    @Override
    public String toString() {
        return slot.toString();
    }
}
