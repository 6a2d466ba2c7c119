package lethe.core.queue;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One envelope that waits, with what only memory knows of it.
 *
 * @param <W> whoever wants to hear what becomes of it
 */
public final class Waiting<W> {
    private final Slot slot;
    private final Envelope envelope;
    private final long sender;
    private final Instant since;
    private @Nullable W watcher;
    private boolean stored;
    private boolean ended;

    Waiting(Slot slot, Envelope envelope, long sender, Instant since, @Nullable W watcher, boolean stored) {
        this.slot = slot;
        this.envelope = envelope;
        this.sender = sender;
        this.since = since;
        this.watcher = watcher;
        this.stored = stored;
    }

    public Slot slot() {
        return slot;
    }

    public Envelope envelope() {
        return envelope;
    }

    /** A label of the sender that means nothing outside this process; 0 for one that was recovered. */
    public long sender() {
        return sender;
    }

    Instant since() {
        return since;
    }

    /** Whoever asked last; null after a recovery, until somebody asks. */
    public @Nullable W watcher() {
        return watcher;
    }

    public void watchedBy(W newWatcher) {
        watcher = newWatcher;
    }

    /** Whether it is durable, and so in the broker's custody. */
    public boolean isStored() {
        return stored;
    }

    /** Whether its whole lifetime is no longer than this. */
    public boolean livesAtMost(Duration lifetime) {
        return !envelope.expires().isAfter(since.plus(lifetime));
    }

    void markStored() {
        stored = true;
    }

    /** Whether it left the queue; windows skip it then. */
    boolean hasEnded() {
        return ended;
    }

    void end() {
        ended = true;
    }

    @Override
    public String toString() {
        return "Waiting[" + slot + ", stored=" + stored + "]";
    }
}
