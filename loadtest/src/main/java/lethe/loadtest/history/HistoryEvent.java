package lethe.loadtest.history;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * One thing that an application saw, or that was done to the system. Phones go by names given by the run, messages by
 * the text of their id; content only as a digest.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = HistoryEvent.Sent.class, name = "sent"),
    @JsonSubTypes.Type(value = HistoryEvent.Held.class, name = "held"),
    @JsonSubTypes.Type(value = HistoryEvent.Delivered.class, name = "delivered"),
    @JsonSubTypes.Type(value = HistoryEvent.Ended.class, name = "ended"),
    @JsonSubTypes.Type(value = HistoryEvent.SentAsSms.class, name = "sent_as_sms"),
    @JsonSubTypes.Type(value = HistoryEvent.AtCentre.class, name = "at_centre"),
    @JsonSubTypes.Type(value = HistoryEvent.Merged.class, name = "merged"),
    @JsonSubTypes.Type(value = HistoryEvent.Session.class, name = "session"),
    @JsonSubTypes.Type(value = HistoryEvent.OptedIn.class, name = "opted_in"),
    @JsonSubTypes.Type(value = HistoryEvent.OptedOut.class, name = "opted_out"),
    @JsonSubTypes.Type(value = HistoryEvent.Fault.class, name = "fault"),
})
public sealed interface HistoryEvent {
    /** When, by the recorder's monotonic clock, in nanoseconds. */
    long nanos();

    /**
     * The sender's device took a message into custody.
     *
     * @param nanos when the application asked for it
     * @param number counts the messages of this sender, in the order in which the device took them
     * @param content digest of the body
     */
    record Sent(long nanos, String from, String to, String id, long number, String content) implements HistoryEvent {}

    /** The sender's application heard that the broker has custody. It may come more than once. */
    record Held(long nanos, String from, String id) implements HistoryEvent {}

    /** The recipient's application got a message. */
    record Delivered(long nanos, String to, String id, String content) implements HistoryEvent {}

    /**
     * The sender's application heard how a message ended.
     *
     * @param outcome the word for it
     */
    record Ended(long nanos, String from, String id, String outcome) implements HistoryEvent {}

    /** The sender's modem got a message. */
    record SentAsSms(long nanos, String from, String id) implements HistoryEvent {}

    /**
     * A gateway gave an SMS centre a message, or a part of it.
     *
     * @param part which, from 1
     * @param parts how many there are
     * @param taken whether the centre took it
     */
    record AtCentre(long nanos, String id, int part, int parts, boolean taken) implements HistoryEvent {}

    /** The recipient's application has a message over IP and as an SMS, and shows it once. */
    record Merged(long nanos, String to, String id) implements HistoryEvent {}

    /**
     * A phone has a new session.
     *
     * @param since when it still had none: what the session brings was offered later
     * @param credit how many messages may come before the first is acknowledged
     */
    record Session(long nanos, String phone, long since, int credit) implements HistoryEvent {}

    /** A subscriber's opting in was confirmed. */
    record OptedIn(long nanos, String subscriber) implements HistoryEvent {}

    /** A subscriber's opting out was confirmed. */
    record OptedOut(long nanos, String subscriber) implements HistoryEvent {}

    /** Something was done to the system: killed, restarted, cut off, healed. The checker ignores it, people do not. */
    record Fault(long nanos, String what) implements HistoryEvent {}
}
