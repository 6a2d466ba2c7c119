package lethe.core.protocol;

import java.time.Duration;
import java.time.Instant;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.SessionId;
import lethe.core.receipt.ReceiptState;
import org.jspecify.annotations.Nullable;

/** What a broker says on a phone's socket. */
public sealed interface ServerFrame {
    /**
     * The first frame of a broker.
     *
     * @param nonce 32 random bytes for the proof in {@code hello}
     */
    record Challenge(Opaque nonce) implements ServerFrame {}

    /**
     * The phone is in.
     *
     * @param session to name when resuming
     * @param resumed whether the named session was continued; if not, what was unacknowledged comes again
     * @param heartbeat the longest silence that the broker tolerates from the phone
     * @param maxFrame bytes
     * @param epoch the policy epoch in force
     * @param now the broker's clock
     */
    record Welcome(SessionId session, boolean resumed, Duration heartbeat, int maxFrame, long epoch, Instant now)
            implements ServerFrame {}

    /**
     * The broker has custody of a message that the phone sent.
     *
     * @param ref of the send; null when a {@code watch} is answered
     * @param expires when the broker gives up: the lifetime granted
     */
    record Held(@Nullable Long ref, MessageId id, Instant expires) implements ServerFrame {}

    /**
     * A message for this phone.
     *
     * @param seq counts the messages of this session from 1
     * @param ttlLeft how long it still lives
     */
    record Deliver(long seq, MessageId id, Duration ttlLeft, Urgency urgency, Opaque body) implements ServerFrame {}

    /**
     * A message that this phone sent has ended.
     *
     * @param settle whether the broker keeps the receipt until the phone settles it
     */
    record Receipt(MessageId id, ReceiptState state, Instant at, boolean settle) implements ServerFrame {}

    /**
     * A message that this phone sent will not go over IP: the phone shall send it as an SMS now. Terminal, as a
     * receipt.
     *
     * @param settle whether the broker keeps the verdict until the phone settles it
     */
    record FallbackNow(MessageId id, Instant at, boolean settle) implements ServerFrame {}

    /** The broker knows nothing of a watched message: the phone sends it again. */
    record Unknown(MessageId id) implements ServerFrame {}

    /** Everything that waited when the phone connected has been handed out. */
    record Drained() implements ServerFrame {}

    /**
     * The phone shall reconnect.
     *
     * @param after not sooner
     * @param spread plus a random part of this
     */
    record GoAway(Duration after, Duration spread) implements ServerFrame {}

    /**
     * A refusal.
     *
     * @param ref of the frame that is refused; null if it had none
     */
    record Refused(@Nullable Long ref, Problem problem) implements ServerFrame {}

    /**
     * Somebody has proven with another account to own this address's number, and will have the address.
     *
     * @param account the other one
     * @param ends from when on: an objection of a device of this account puts that off, once
     */
    record Contested(DeviceKey account, Instant ends) implements ServerFrame {}

    /**
     * Few of this device's one-time prekeys are left: it shall publish more. Said to a device that has published some,
     * once until it has done so, and once more when it connects meanwhile.
     *
     * @param left of them
     */
    record PrekeysLow(int left) implements ServerFrame {}

    record Pong() implements ServerFrame {}
}
