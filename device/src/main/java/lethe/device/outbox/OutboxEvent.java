package lethe.device.outbox;

import java.time.Instant;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import org.jspecify.annotations.Nullable;

/** What happened to a message of the outbox and must survive the phone's death. */
public sealed interface OutboxEvent {
    MessageId id();

    /** Custody begins. */
    record Accepted(Message message) implements OutboxEvent {
        @Override
        public MessageId id() {
            return message.id();
        }
    }

    /**
     * This message is not sent itself, but a copy for each of the recipient's devices.
     *
     * @param device that has one more copy now
     * @param attempt 0; 1 for what is sealed anew, because the device could not open the first; 2 and 3 for the same
     *     without a deadline, because another device got it, or because the copy for another one has the capsule
     * @param envelope what was sealed for the device; null if the message goes out as it is
     */
    record Copied(
            MessageId id,
            DeviceId device,
            int attempt,
            @Nullable Opaque envelope) implements OutboxEvent {
        private static final int SEALED_ANEW = 1;
        private static final int WITHOUT_DEADLINE = 2;

        boolean isSealedAnew() {
            return (attempt & SEALED_ANEW) != 0;
        }

        boolean hasDeadline() {
            return (attempt & WITHOUT_DEADLINE) == 0;
        }

        /** The same envelope, to go on without a deadline. */
        Copied withoutDeadline(Opaque sent) {
            return new Copied(id, device, attempt | WITHOUT_DEADLINE, sent);
        }

        @Override
        public String toString() {
            return "Copied[" + id + "]";
        }
    }

    /**
     * Written before it is first sent: from now on only the broker can say that it did not go over IP.
     *
     * @param capsule what was sealed to a gateway, the same each time that it is sent; null if its fallback needs none
     */
    record Offered(MessageId id, Instant at, @Nullable Opaque capsule) implements OutboxEvent {
        /** Without a capsule. */
        Offered(MessageId id, Instant at) {
            this(id, at, null);
        }
    }

    /**
     * The broker has custody too.
     *
     * @param expires the end of the lifetime that it granted
     */
    record Held(MessageId id, Instant expires) implements OutboxEvent {}

    /** The broker lost it: custody is this phone's alone again. */
    record Unheld(MessageId id) implements OutboxEvent {}

    /** The owner wants it back. */
    record RevokeAsked(MessageId id) implements OutboxEvent {}

    /**
     * Written before the modem is asked. Whoever finds this and no end does not know whether an SMS went out, and does
     * not send another: at most once.
     *
     * @param settle whether the broker keeps its verdict until it is settled
     */
    record SmsStarted(MessageId id, Instant at, boolean settle) implements OutboxEvent {}

    /**
     * It has ended.
     *
     * @param settle whether the broker keeps its receipt until it is settled
     */
    record Ended(MessageId id, Outcome outcome, Instant at, boolean settle) implements OutboxEvent {}

    /** The broker no longer keeps the receipt. */
    record Settled(MessageId id) implements OutboxEvent {}

    /** The application knows the end, and nothing is left to settle. */
    record Forgotten(MessageId id) implements OutboxEvent {}
}
