package lethe.persistence.lookup;

import java.time.Instant;
import lethe.core.lookup.PublishedSet;

/**
 * A set that was published.
 *
 * @param built when, to the millisecond
 */
public record StoredSet(PublishedSet set, Instant built) {}
