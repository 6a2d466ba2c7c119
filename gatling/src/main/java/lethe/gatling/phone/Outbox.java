package lethe.gatling.phone;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.ServerFrame;
import lethe.core.receipt.ReceiptState;

/** What a phone has sent to the other of its pair, and what it heard of it. */
public final class Outbox {
    /** The most ids that one frame names. */
    private static final int MOST_IDS = 1_000;

    private static final class Entry {
        final int number;
        final long since;
        boolean held;

        Entry(int number, long since) {
            this.number = number;
            this.since = since;
        }
    }

    private final Tag to;
    private final RandomGenerator random;
    private final int bodyBytes;
    private final Timings timings;
    private final Map<MessageId, Entry> open = new LinkedHashMap<>();
    private final Map<Long, MessageId> unanswered = new HashMap<>();
    private final List<MessageId> unsettled = new ArrayList<>();
    private final BitSet accepted = new BitSet();
    private int sent;
    private int held;
    private int refused;
    private int delivered;
    private int otherEnds;

    Outbox(Tag to, RandomGenerator random, int bodyBytes, Timings timings) {
        this.to = to;
        this.random = random;
        this.bodyBytes = bodyBytes;
        this.timings = timings;
    }

    /**
     * The next message.
     *
     * @param last whether it is the last
     * @param since when it was meant to be sent, by {@link System#nanoTime}
     */
    ClientFrame.Send next(boolean last, long since) {
        int number = sent++;
        byte[] bytes = new byte[MessageId.LENGTH];
        random.nextBytes(bytes);
        MessageId id = new MessageId(Opaque.wrap(bytes));
        open.put(id, new Entry(number, since));
        unanswered.put((long) number, id);
        accepted.set(number);
        Opaque body = new Letter(number, last).body(bodyBytes);
        return new ClientFrame.Send(number, id, to, null, null, null, null, null, null, body, null);
    }

    void held(ServerFrame.Held frame, long now) {
        Entry entry = open.get(frame.id());
        if (entry != null && !entry.held) {
            entry.held = true;
            held++;
            unanswered.remove((long) entry.number);
            timings.held(now - entry.since);
        }
    }

    void ended(ServerFrame.Receipt receipt, long now) {
        Entry entry = open.remove(receipt.id());
        if (entry == null) {
            return;
        }
        unanswered.remove((long) entry.number);
        if (receipt.settle()) {
            unsettled.add(receipt.id());
        }
        if (receipt.state() == ReceiptState.DELIVERED) {
            delivered++;
            timings.delivered(now - entry.since);
        } else {
            otherEnds++;
        }
    }

    /** The broker took the message not, and said so. It is not sent again. */
    void refused(long ref) {
        MessageId id = unanswered.remove(ref);
        if (id != null) {
            open.remove(id);
            accepted.clear((int) ref);
            refused++;
        }
    }

    /** Whether the broker has said of every message that it is held, or how it ended. */
    public boolean isAnswered() {
        return unanswered.isEmpty();
    }

    /** Whether every message has ended. */
    public boolean isEmpty() {
        return open.isEmpty();
    }

    /** Asks what became of those that have not ended. */
    ClientFrame.Watch watch() {
        return new ClientFrame.Watch(to, open.keySet().stream().limit(MOST_IDS).toList());
    }

    /** Whether the broker keeps receipts until it hears of them. */
    public boolean hasUnsettled() {
        return !unsettled.isEmpty();
    }

    /** Settles receipts, as many as one frame takes. */
    ClientFrame.Settle settle() {
        List<MessageId> some = unsettled.subList(0, Math.min(MOST_IDS, unsettled.size()));
        ClientFrame.Settle settle = new ClientFrame.Settle(to, some);
        some.clear();
        return settle;
    }

    /** The numbers that were sent and not refused. */
    BitSet accepted() {
        return accepted;
    }

    int sent() {
        return sent;
    }

    int held() {
        return held;
    }

    int refused() {
        return refused;
    }

    int delivered() {
        return delivered;
    }

    int otherEnds() {
        return otherEnds;
    }

    int open() {
        return open.size();
    }
}
