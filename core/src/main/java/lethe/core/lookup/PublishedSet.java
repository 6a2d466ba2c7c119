package lethe.core.lookup;

import java.util.Optional;
import lethe.core.identity.Opaque;
import org.jspecify.annotations.Nullable;

/**
 * One thing to fetch.
 *
 * @param day of the installation
 * @param hour of that day; null for the set of the whole day
 * @param count of its entries
 * @param size of the whole answer, in bytes
 * @param hash SHA-256 of the whole answer
 */
public record PublishedSet(long day, @Nullable Long hour, long count, long size, Opaque hash) {
    /** The hour, if it is one's. */
    public Optional<Long> hourOfDay() {
        return Optional.ofNullable(hour);
    }
}
