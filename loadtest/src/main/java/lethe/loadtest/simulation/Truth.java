package lethe.loadtest.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lethe.core.fallback.Fallback;
import lethe.core.identity.MessageId;
import lethe.device.outbox.Message;
import lethe.loadtest.history.Breach;
import lethe.loadtest.history.HistoryEvent;
import lethe.loadtest.history.HistoryEvent.Delivered;
import lethe.loadtest.history.HistoryEvent.Ended;
import lethe.loadtest.history.Verdict.Violation;

/** What only the run knows, and no participant. */
final class Truth {
    private final Map<String, Message> sent = new LinkedHashMap<>();
    private final Map<String, String> recipients = new LinkedHashMap<>();
    private final Set<String> held = new LinkedHashSet<>();
    private final Map<String, Long> concluded = new LinkedHashMap<>();
    private final Map<String, Long> settled = new LinkedHashMap<>();
    private final Set<String> lost = new LinkedHashSet<>();
    private final Set<String> turnedAway = new LinkedHashSet<>();
    private final Set<String> revoked = new LinkedHashSet<>();
    private final Map<String, List<Long>> erasures = new LinkedHashMap<>();
    private long faults;

    void sent(Message message, String to) {
        sent.put(message.id().toText(), message);
        recipients.put(message.id().toText(), to);
    }

    /** The sender has heard that the broker has custody. */
    void held(MessageId id) {
        held.add(id.toText());
    }

    /** An owner has said that it is delivered, and what it must have written for that is written. */
    void concluded(MessageId id, long nanos) {
        concluded.putIfAbsent(id.toText(), nanos);
    }

    /** An owner has deleted its receipt, because the sender has it. */
    void settled(MessageId id, long nanos) {
        settled.putIfAbsent(id.toText(), nanos);
    }

    /** An owner found that its key is gone. */
    void lost(MessageId id) {
        lost.add(id.toText());
    }

    /** The recipient had not opted in, and so nothing is kept of that. */
    void turnedAway(MessageId id) {
        turnedAway.add(id.toText());
    }

    boolean wasTurnedAway(String id) {
        return turnedAway.contains(id);
    }

    /** The sender wants it back. */
    void revoked(MessageId id) {
        revoked.add(id.toText());
    }

    /** An owner erases everything of a subscriber that opts out, or has. */
    void erased(String subscriber, long nanos) {
        erasures.computeIfAbsent(subscriber, name -> new ArrayList<>()).add(nanos);
    }

    void fault() {
        faults++;
    }

    long faults() {
        return faults;
    }

    /** How many messages the broker took into custody, as far as their senders heard. */
    int held() {
        return held.size();
    }

    /** Whether an owner has said that it is delivered, and none had deleted a receipt of it before. */
    boolean isConcludedUnsettled(String id) {
        return concluded.containsKey(id) && concluded.get(id) <= settled.getOrDefault(id, Long.MAX_VALUE);
    }

    /** Whether an owner had said by a time that it is delivered. */
    boolean isConcludedBefore(String id, long nanos) {
        return concluded.getOrDefault(id, Long.MAX_VALUE) < nanos;
    }

    /** Whether a broker has erased everything of a subscriber between two times. */
    boolean hasForgotten(String subscriber, long from, long to) {
        return erasures.getOrDefault(subscriber, List.of()).stream().anyMatch(at -> from <= at && at <= to);
    }

    /** What brokers promised to deliver without their senders, and had not by the end of a history. */
    List<Violation> brokenCustody(List<HistoryEvent> history) {
        Set<String> over = new LinkedHashSet<>();
        history.forEach(event -> {
            if (event instanceof Delivered delivery) {
                over.add(delivery.id());
            } else if (event instanceof Ended end) {
                over.add(end.id());
            }
        });
        List<Violation> broken = new ArrayList<>();
        held.stream()
                .filter(id -> !over.contains(id) && mustArrive(id))
                .forEach(id -> broken.add(
                        new Violation(Breach.LOST, id, "held, and would not have arrived without its sender")));
        return broken;
    }

    private boolean mustArrive(String id) {
        Message message = sent.get(id);
        return message != null
                && message.terms().fallback() == Fallback.NONE
                && message.terms().ttl() == null
                && !lost.contains(id)
                && !revoked.contains(id)
                && !erasures.containsKey(recipients.get(id));
    }
}
