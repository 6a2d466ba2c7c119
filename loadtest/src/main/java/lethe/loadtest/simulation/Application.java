package lethe.loadtest.simulation;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.protocol.ClientFrame;
import lethe.device.outbox.Message;
import lethe.device.outbox.Outcome;

/**
 * What uses a phone: remembers what it was told, and drops what it is told again where its device says that this may
 * be: after a death of the phone, the same end, and what is marked as possibly seen.
 */
final class Application {
    private final Chronicle chronicle;
    private final String name;
    private final Set<MessageId> received = new LinkedHashSet<>();
    private final Map<MessageId, String> ended = new LinkedHashMap<>();
    private final Set<MessageId> said = new LinkedHashSet<>();
    private final Map<MessageId, String> senders = new LinkedHashMap<>();
    private Map<MessageId, String> endedBeforeDeath = Map.of();
    private long number;
    private int memberships;

    Application(Chronicle chronicle, String name) {
        this.chronicle = chronicle;
        this.name = name;
    }

    /** The device has it in custody. */
    void accepted(Message message) {
        String from = memberships == 0 ? name : name + "/" + memberships;
        senders.put(message.id(), from);
        chronicle.sent(from, message, ++number);
    }

    private String sender(MessageId id) {
        return senders.getOrDefault(id, name);
    }

    /** The owner has opted out, and follows no message any more: what comes then follows on none of before. */
    void optedOut() {
        memberships++;
    }

    void held(MessageId id) {
        chronicle.held(sender(id), id);
    }

    void ended(MessageId id, Outcome outcome) {
        String word = outcome.word();
        if (!word.equals(endedBeforeDeath.get(id))) {
            chronicle.ended(sender(id), id, word);
        }
        ended.put(id, word);
    }

    void atModem(MessageId id) {
        chronicle.sentAsSms(sender(id), id);
    }

    /**
     * A message.
     *
     * @param perhapsSeen whether the device says so
     */
    void received(MessageId id, Opaque body, boolean perhapsSeen) {
        if (received.add(id) || !perhapsSeen) {
            chronicle.delivered(name, id, body);
        }
    }

    void phoneDied() {
        endedBeforeDeath = Map.copyOf(ended);
    }

    /** The same under another id, if it was said before. */
    ClientFrame underAnotherId(ClientFrame.Send send) {
        if (said.add(send.id())) {
            return send;
        }
        byte[] other = send.id().bytes().toBytes();
        other[0]++;
        MessageId id = new MessageId(Opaque.wrap(other));
        return new ClientFrame.Send(
                send.ref(),
                id,
                send.to(),
                send.device(),
                send.ttl(),
                send.urgency(),
                send.deadline(),
                send.fallback(),
                send.after(),
                send.body(),
                send.list());
    }
}
