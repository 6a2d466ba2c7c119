package lethe.registrar.gateway;

import java.time.Instant;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.protocol.SmsEnd;
import org.jspecify.annotations.Nullable;

/** What has happened to an SMS. The ledger is what all of them together come to; the journal keeps them. */
sealed interface LedgerEvent {
    MessageId id();

    /**
     * It was taken.
     *
     * @param digest of the capsule
     * @param expires not sent from then on
     * @param until it has ended by then
     * @param label what its report brings back; null for none
     */
    record Accepted(
            MessageId id,
            Opaque digest,
            Instant expires,
            Instant until,
            @Nullable Opaque label) implements LedgerEvent {}

    /** From now on it may have been sent. */
    record Begun(MessageId id, int parts) implements LedgerEvent {}

    /** The centre was busy, and nothing was sent after all. */
    record Paused(MessageId id) implements LedgerEvent {}

    /**
     * A centre has taken a part, and knows it by a key.
     *
     * @param place from 1
     */
    record PartTaken(MessageId id, int place, String centre, String key) implements LedgerEvent {}

    /** A part is on the handset. */
    record PartDelivered(MessageId id, int place) implements LedgerEvent {}

    record Ended(MessageId id, SmsEnd end, Instant at) implements LedgerEvent {}

    /** Whoever asked knows it. */
    record Acknowledged(MessageId id) implements LedgerEvent {}
}
