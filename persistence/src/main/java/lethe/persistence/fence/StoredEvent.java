package lethe.persistence.fence;

import lethe.core.subscriber.SubscriberEvent;

/** An event that no save covers, with its sequence number and the incarnation that wrote it. */
public record StoredEvent(long incarnation, long sequence, SubscriberEvent event) {}
