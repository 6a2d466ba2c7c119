package lethe.persistence.seal;

import java.time.Duration;
import java.time.Instant;

/**
 * How time is divided: epochs of one length, numbered from 1970. Every node comes to the same numbers by itself.
 *
 * @param length at least a second
 */
public record Epochs(Duration length) {
    private static final Duration LEAST = Duration.ofSeconds(1);

    public Epochs {
        if (length.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException("an epoch is shorter than " + LEAST);
        }
    }

    /** The epoch of a time. */
    public long at(Instant time) {
        return Math.floorDiv(time.toEpochMilli(), length.toMillis());
    }

    /** When the epoch is over; not part of it. */
    public Instant end(long epoch) {
        return Instant.ofEpochMilli((epoch + 1) * length.toMillis());
    }

    /**
     * When an entity's rows of an epoch are to be given newer keys: in the first half of the next one, and not all
     * entities at once.
     */
    public Instant renewal(long epoch, String persistenceId) {
        long half = Math.max(1, length.toMillis() / 2);
        return end(epoch).plusMillis(Math.floorMod(persistenceId.hashCode(), half));
    }

    /** When all entities should have given their rows of an epoch newer keys. */
    public Instant allRenewed(long epoch) {
        return end(epoch).plus(length.dividedBy(2));
    }
}
