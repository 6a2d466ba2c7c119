package lethe.persistence.due;

import java.time.Instant;

/**
 * Says that a subscriber has something to decide at a time.
 *
 * @param persistenceId of the subscriber
 * @param at when
 * @param writtenAt timestamp of the row in microseconds
 */
public record DueEntry(String persistenceId, Instant at, long writtenAt) {}
