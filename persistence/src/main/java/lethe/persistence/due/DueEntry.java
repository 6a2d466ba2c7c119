package lethe.persistence.due;

import java.time.Instant;
import lethe.core.identity.Opaque;

/**
 * Says that a subscriber has something to decide at a time.
 *
 * @param persistenceId of the subscriber
 * @param item what is due: a message id
 * @param at when
 * @param writtenAt timestamp of the row in microseconds
 */
public record DueEntry(String persistenceId, Opaque item, Instant at, long writtenAt) {}
