package lethe.persistence.fence;

import java.time.Instant;
import lethe.core.subscriber.SubscriberState;

/**
 * What a recovering entity gets.
 *
 * @param sequence number of the last event that the state contains
 * @param takenAt when it was saved
 * @param state under the incarnation that was claimed for this reading
 */
public record Loaded(long sequence, Instant takenAt, SubscriberState state) {}
