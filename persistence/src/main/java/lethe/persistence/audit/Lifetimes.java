package lethe.persistence.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import lethe.persistence.cassandra.CassandraSettings;

/**
 * How old what is stored may become.
 *
 * @param held an envelope that waits
 * @param receipt one that is not settled
 * @param retention what names no lifetime of its own
 */
public record Lifetimes(Duration held, Duration receipt, Duration retention) {

    /**
     * What is stored longer than it may be is too old after this time only: clocks differ, and what is written again
     * for want of an answer lives from then on. And so long may lie what a crash has left of a save or an erasure.
     */
    public static final Duration TOLERANCE = Duration.ofHours(1);

    /**
     * Those of a store.
     *
     * @param message the longest lifetime that a message is granted
     */
    public static Lifetimes of(CassandraSettings settings, Duration message) {
        return new Lifetimes(message.plus(settings.expiryMargin()), settings.receiptLifetime(), settings.retention());
    }

    /** Empty for what lasts as long as the consent, and for what is renewed. */
    private Optional<Duration> of(AuditedKind kind) {
        return switch (kind) {
            case HEAD, NUMBER, LISTED -> Optional.empty();
            case HELD -> Optional.of(held);
            case RECEIPT -> Optional.of(receipt);
            case KEYS, ENTRY -> Optional.of(retention);
            case PREKEY -> Optional.of(CassandraSettings.PREKEY_LIFETIME);
            case UNKNOWN, EVENT, SNAPSHOT -> Optional.of(Duration.ZERO);
        };
    }

    /** Whether Cassandra must know when such a row goes. */
    boolean mustEnd(AuditedKind kind) {
        return kind == AuditedKind.LISTED || of(kind).isPresent();
    }

    /** Whether such a row should have gone by now. */
    boolean isTooOld(AuditedKind kind, Instant writtenAt, Instant now) {
        return of(kind).filter(longest -> isPast(writtenAt.plus(longest), now)).isPresent();
    }

    /** Whether a time is over, beyond doubt. */
    static boolean isPast(Instant time, Instant now) {
        return time.plus(TOLERANCE).isBefore(now);
    }
}
