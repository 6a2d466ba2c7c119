package lethe.persistence.fence;

import lethe.core.subscriber.SubscriberEvent;

/** An event to append, with its sequence number. */
public record NewEvent(long sequence, SubscriberEvent event) {}
