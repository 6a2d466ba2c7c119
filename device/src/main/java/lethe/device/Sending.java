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

    /** It cannot become the SMS that its terms ask for. Nothing was taken. */
    record NoSms(Why why) implements Sending {}

    /** Why there can be no SMS. */
    enum Why {
        /** No gateway's key is pinned ({@link DeviceSettings#sealingTo}). */
        NO_KEY,
        /** This phone's owner has not agreed to SMS by a gateway ({@link lethe.core.consent.Scope#SMS_GATEWAY}). */
        NOT_AGREED,
        /** It was not said to which number, and what. */
        NO_NUMBER,
        /** The text would take more than {@link lethe.device.sms.SmsCopy#MOST_PARTS} SMS, whatever is in it. */
        TOO_LONG
    }

    /** The phone's disk failed, or the client is closed. */
    record NoStore() implements Sending {}
}
