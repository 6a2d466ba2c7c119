package lethe.core.lookup;

import java.time.Instant;

/**
 * That a subscriber is listed.
 *
 * @param entry as it is published
 * @param since when the subscriber agreed to it under the policy epoch of its consent, to the millisecond
 */
public record Listing(ListedTag entry, Instant since) {}
