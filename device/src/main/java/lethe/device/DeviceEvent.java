package lethe.device;

import java.time.Duration;
import java.time.Instant;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.protocol.Problem;
import lethe.device.letters.Notice;
import lethe.device.outbox.Outcome;
import org.jspecify.annotations.Nullable;

/** What a client tells its application. */
public sealed interface DeviceEvent {
    /**
     * A session is live.
     *
     * @param resumed whether it continues the one before
     */
    record Connected(boolean resumed) implements DeviceEvent {}

    /** Everything that waited when the phone connected has come. */
    record Drained() implements DeviceEvent {}

    /**
     * A message came; once. When the listener returns, the application has it.
     *
     * @param again whether the phone died while it handed this over, so that the application may have seen it before
     */
    record Received(MessageId id, Opaque body, boolean again) implements DeviceEvent {}

    /** The broker has custody of a message of this phone's. It may come more than once. */
    record Held(MessageId id, Instant expires) implements DeviceEvent {}

    /**
     * A message of this phone's has ended. It comes once in a life of the phone; again in a later one if the phone died
     * while it told, or if a further device of the recipient's still has to get its copy.
     */
    record Ended(MessageId id, Outcome outcome, Instant at) implements DeviceEvent {}

    /** The broker refused something that is not a message. */
    record Refused(Problem problem) implements DeviceEvent {}

    /**
     * Somebody has proven with another account to own this phone's number, and will have its address. Comes at every
     * connect until it is decided.
     *
     * @param account the other one
     * @param ends from when on: an objection puts that off, once
     */
    record Contested(DeviceKey account, Instant ends) implements DeviceEvent {}

    /**
     * Few of this phone's one-time prekeys are left at the broker. A client that has a source of them tops up by
     * itself.
     *
     * @param left of them
     */
    record PrekeysLow(int left) implements DeviceEvent {}

    /** Something about the account behind an address: only to an application that writes letters. */
    record Noticed(Notice notice) implements DeviceEvent {}

    /** A larger file that is sent or received: only to an application that writes letters. */
    record OfFile(FileEvent event) implements DeviceEvent {}

    /** Another SIM is in the phone, or the SIM in another phone: Lethe is off until its owner opts in anew. */
    record SimChanged() implements DeviceEvent {}

    /**
     * Lethe is off, and the broker did not answer: it still has to erase what it has of this phone's owner. The client
     * goes on asking. Once in each life.
     */
    record ErasureOwed() implements DeviceEvent {}

    /** The broker has erased what it had, after Lethe was switched off. */
    record Erased() implements DeviceEvent {}

    /**
     * The session is gone, or an attempt at one failed.
     *
     * @param code why (RFC 6455; {@link lethe.core.protocol.CloseReason})
     * @param retry when the client tries again; null if it does not, before the owner does something
     */
    record Disconnected(int code, @Nullable Duration retry) implements DeviceEvent {}

    /**
     * The phone's disk failed: the client stopped.
     *
     * @param why for the owner
     */
    record StoreFailed(String why) implements DeviceEvent {}
}
