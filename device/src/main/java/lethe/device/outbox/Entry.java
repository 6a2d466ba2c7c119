package lethe.device.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import org.jspecify.annotations.Nullable;

/** A message of the outbox and where it stands. The upper half is durable and changes by events only. */
final class Entry {
    enum Phase {
        /** A letter that no envelope was made of yet. */
        UNSEALED,
        /** To be sent, in its turn. */
        WAITING,
        /** Sent in this connection, unanswered. */
        UNDER_WAY,
        /** In the broker's custody too. */
        HELD,
        /** Sent as copies, one for each device. */
        COPIED,
        /** Given to the modem, or lost on the way to it. */
        AT_MODEM,
        /** It has ended. */
        OVER
    }

    final Message message;
    final long number;

    /** What this is a copy of; null if it is none. */
    @Nullable
    final Entry original;

    /** How it came to be a copy; null if it is none. */
    final OutboxEvent.@Nullable Copied copied;

    final List<Entry> copies = new ArrayList<>();
    Phase phase;

    /** When it was first sent; null if no broker was ever offered it. */
    @Nullable
    Instant offeredAt;

    /** What a gateway shall send, sealed when it was first sent; null if nothing. */
    @Nullable
    Opaque capsule;

    /** The end of the lifetime that the broker granted: the earliest, if it was held more than once. */
    @Nullable
    Instant granted;

    boolean revokeAsked;

    @Nullable
    Instant smsAt;

    boolean toSettle;
    OutboxEvent.@Nullable Ended end;

    long ref;
    /** When the broker was last asked about it: by sending, watching or settling. */
    Instant askedAt = Instant.MIN;

    boolean told;

    /** Whether no broker was offered it before this connection. */
    boolean firstOfferedHere;

    /** Whether its owner has opted out since. */
    boolean abandoned;

    Entry(Message message, long number, @Nullable Entry original, OutboxEvent.@Nullable Copied copied) {
        this.message = message;
        this.number = number;
        this.original = original;
        this.copied = copied;
        this.phase = message.handling().isSealed() ? Phase.UNSEALED : Phase.WAITING;
    }

    MessageId id() {
        return message.id();
    }

    /** Whether the application hears of it. */
    boolean isSilent() {
        return message.handling() == Handling.SEALED_SILENTLY;
    }

    /** Whether it is open, as itself or as its copies. */
    boolean isOpen() {
        return isInLane() || phase == Phase.UNSEALED || phase == Phase.COPIED;
    }

    /** Whether it takes part in the order of its recipient's messages. */
    boolean isInLane() {
        return phase == Phase.WAITING || phase == Phase.UNDER_WAY || phase == Phase.HELD;
    }

    boolean isUnanswered() {
        return phase == Phase.WAITING || phase == Phase.UNDER_WAY;
    }

    boolean endedIn(Outcome outcome) {
        return phase == Phase.OVER && end != null && end.outcome().equals(outcome);
    }

    /** Nothing is left to do about it but to tell. */
    boolean isDone() {
        return phase == Phase.OVER && !toSettle;
    }

    /** Whether a gateway is to send it, and this phone's modem never. */
    boolean isForGateway() {
        return message.terms().fallback().needsCapsule();
    }

    boolean isOffered() {
        return offeredAt != null;
    }

    /**
     * When the lifetime ends that it was offered with; null if it never was. It is not sent again after that: the
     * recipient may have had it, and remembers its id for no more than some days longer.
     */
    @Nullable
    Instant expires() {
        if (offeredAt == null || granted != null) {
            return granted;
        }
        Duration ttl = message.terms().ttl();
        return ttl == null ? offeredAt.plus(Terms.USUAL_TTL) : message.at().plus(ttl);
    }

    boolean isPastLifetime(Instant now) {
        Instant expires = expires();
        return expires != null && !now.isBefore(expires);
    }

    boolean wasAskedBefore(Instant time) {
        return askedAt.isBefore(time);
    }

    void apply(OutboxEvent event) {
        if (event instanceof OutboxEvent.Copied) {
            phase = phase == Phase.OVER ? Phase.OVER : Phase.COPIED;
        } else if (event instanceof OutboxEvent.Offered offered) {
            offeredAt = offered.at();
            capsule = offered.capsule();
        } else if (event instanceof OutboxEvent.Held held) {
            phase = Phase.HELD;
            granted = granted != null && granted.isBefore(held.expires()) ? granted : held.expires();
        } else if (event instanceof OutboxEvent.Unheld) {
            phase = Phase.WAITING;
        } else if (event instanceof OutboxEvent.RevokeAsked) {
            revokeAsked = true;
        } else if (event instanceof OutboxEvent.SmsStarted started) {
            phase = Phase.AT_MODEM;
            smsAt = started.at();
            toSettle = started.settle();
        } else if (event instanceof OutboxEvent.Ended ended) {
            phase = Phase.OVER;
            end = ended;
            toSettle |= ended.settle();
        } else if (event instanceof OutboxEvent.Settled) {
            toSettle = false;
        }
    }

    /** The shortest history with the same result. */
    List<OutboxEvent> history() {
        List<OutboxEvent> events = new ArrayList<>();
        if (original == null) {
            events.add(new OutboxEvent.Accepted(message));
        }
        for (Entry copy : copies) {
            events.add(Objects.requireNonNull(copy.copied));
        }
        if (offeredAt != null) {
            events.add(new OutboxEvent.Offered(id(), offeredAt, capsule));
        }
        if (granted != null && isInLane()) {
            events.add(new OutboxEvent.Held(id(), granted));
            if (phase != Phase.HELD) {
                events.add(new OutboxEvent.Unheld(id()));
            }
        }
        if (revokeAsked) {
            events.add(new OutboxEvent.RevokeAsked(id()));
        }
        if (smsAt != null) {
            events.add(new OutboxEvent.SmsStarted(id(), smsAt, toSettle));
        }
        if (end != null) {
            events.add(new OutboxEvent.Ended(id(), end.outcome(), end.at(), toSettle));
        }
        return events;
    }
}
