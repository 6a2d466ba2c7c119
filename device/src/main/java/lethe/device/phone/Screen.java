package lethe.device.phone;

import java.time.Instant;
import java.util.Set;
import lethe.core.consent.Scope;
import lethe.core.identity.MessageId;
import lethe.core.protocol.Bodies;
import lethe.device.DeviceEvent;
import lethe.device.LetheEvent;
import lethe.device.outbox.Outcome;
import lethe.device.sms.SmsArrival;
import lethe.device.sms.SmsCopy;
import lethe.seal.content.Mark;

/** What the owner sees. Safe for use by many threads. */
interface Screen {
    void started(String name, String address, boolean optedIn);

    void policy(Bodies.PolicyInForce policy);

    /**
     * Lethe is on.
     *
     * @param scopes what the owner has agreed to
     */
    void optedIn(long epoch, Set<Scope> scopes);

    void optedOut();

    void connected(boolean resumed);

    void drained();

    void closed(DeviceEvent.Disconnected closed);

    void sent(MessageId id, String to);

    void held(MessageId id, Instant expires);

    void ended(MessageId id, Outcome outcome, Instant at);

    /**
     * A letter.
     *
     * @param words what it says
     */
    void received(LetheEvent.Received letter, String from, String words);

    /** Somebody writes for the first time. */
    void met(String from);

    /**
     * Another device of this account wrote a letter.
     *
     * @param to as the owner calls them
     * @param words what it says
     */
    void writtenElsewhere(LetheEvent.WrittenElsewhere letter, String to, String words);

    /** A letter of this phone's reached somebody. */
    void marked(MessageId id, Mark mark, String by);

    void typing(String who, boolean begins);

    /** What the modem would send. */
    void sms(MessageId id, SmsCopy sms);

    /** An SMS arrived. */
    void smsArrived(String from, String text, SmsArrival arrival);

    /** A letter came that its owner has read as an SMS. */
    void cameAsSms(LetheEvent.Received letter, String from);

    /** Something that the owner asked for. */
    void note(String text);

    /** Something that did not work. */
    void trouble(String text);

    /** A question that the next line answers. */
    void ask(String question);
}
