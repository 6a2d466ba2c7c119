package lethe.device;

import lethe.core.identity.MessageId;
import lethe.device.outbox.Acceptance;

/** What the client says to a message that the application wants sent. */
public sealed interface Sending {
    /** It is on the phone's disk, and will end in exactly one way, whatever happens. */
    record Accepted(MessageId id) implements Sending {}

    /** Nothing was taken. */
    record NotTaken(Acceptance why) implements Sending {}

    /** Lethe is off: the owner has not opted in. Nothing was taken. */
    record Off() implements Sending {}

    /** The phone's disk failed, or the client is closed. */
    record NoStore() implements Sending {}
}
