package lethe.loadtest.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lethe.loadtest.history.HistoryEvent.AtCentre;
import lethe.loadtest.history.HistoryEvent.Delivered;
import lethe.loadtest.history.HistoryEvent.Ended;
import lethe.loadtest.history.HistoryEvent.Held;
import lethe.loadtest.history.HistoryEvent.Merged;
import lethe.loadtest.history.HistoryEvent.OptedIn;
import lethe.loadtest.history.HistoryEvent.OptedOut;
import lethe.loadtest.history.HistoryEvent.Sent;
import lethe.loadtest.history.HistoryEvent.SentAsSms;
import lethe.loadtest.history.HistoryEvent.Session;
import lethe.loadtest.history.Verdict.Violation;

/**
 * Judges a history that has been drained: all faults healed, all phones connected, nothing under way any more.
 *
 * <p>What was sent is looked up by id and not by position, because a message may arrive before its sender's application
 * has noted that it was taken. Everything else is judged in the order in which it was recorded. Order is the order of
 * numbers, of first deliveries, for each sender and recipient; a gap is no breach, since a message may expire. What is
 * told of a centre may be recorded later than it was.
 */
public final class HistoryChecker {
    private final Map<String, Sent> sent = new LinkedHashMap<>();
    private final Map<String, Channels> channels = new HashMap<>();
    private final Map<String, Offers> offers = new HashMap<>();
    private final Map<String, String> outcomes = new HashMap<>();
    private final Set<String> terminated = new HashSet<>();
    private final Map<Pair, Long> highest = new HashMap<>();
    private final Set<String> optedOut = new HashSet<>();
    private final List<Violation> violations = new ArrayList<>();

    private record Pair(String from, String to) {}

    private HistoryChecker() {}

    /** Judges a whole history. */
    public static Verdict check(List<HistoryEvent> history) {
        HistoryChecker checker = new HistoryChecker();
        history.forEach(checker::index);
        history.forEach(checker::indexEnd);
        history.forEach(checker::replay);
        checker.sent.values().forEach(checker::judgeEnd);
        return new Verdict(checker.sent.size(), checker.delivered(), checker.violations);
    }

    private void index(HistoryEvent event) {
        if (event instanceof Sent message && sent.putIfAbsent(message.id(), message) != null) {
            breach(Breach.UNEXPECTED, message.id(), "its id was used for two messages");
        }
    }

    private void indexEnd(HistoryEvent event) {
        if (event instanceof Ended end && isOfItsSender(end)) {
            outcomes.putIfAbsent(end.id(), end.outcome());
        }
    }

    private boolean isOfItsSender(Ended end) {
        Sent message = sent.get(end.id());
        return message != null && message.from().equals(end.from());
    }

    private void replay(HistoryEvent event) {
        if (event instanceof Delivered delivery) {
            onDelivered(delivery);
        } else if (event instanceof Held custody) {
            onHeld(custody);
        } else if (event instanceof Ended end) {
            onEnded(end);
        } else if (event instanceof SentAsSms sms) {
            onSms(sms);
        } else if (event instanceof AtCentre sms) {
            onCentre(sms);
        } else if (event instanceof Merged merge) {
            channels(merge.id()).merged();
        } else if (event instanceof Session session) {
            offers(session.phone()).on(session);
        } else if (event instanceof OptedOut leaving) {
            optedOut.add(leaving.subscriber());
        } else if (event instanceof OptedIn joining) {
            optedOut.remove(joining.subscriber());
        }
    }

    private void onDelivered(Delivered delivery) {
        String id = delivery.id();
        Sent message = sent.get(id);
        if (message == null) {
            breach(Breach.UNEXPECTED, id, "delivered to " + delivery.to() + ", sent by nobody");
            return;
        }
        if (!message.to().equals(delivery.to())) {
            breach(Breach.UNEXPECTED, id, "sent to " + message.to() + ", delivered to " + delivery.to());
            return;
        }
        if (!message.content().equals(delivery.content())) {
            breach(Breach.UNEXPECTED, id, "delivered with other content than sent");
        }
        if (optedOut.contains(delivery.to())) {
            breach(Breach.AFTER_OPT_OUT, id, delivery.to() + " had opted out");
        }
        long offered = offers(delivery.to()).earliest(delivery, "delivered".equals(outcomes.get(id)));
        if (channels(id).isShown()) {
            breach(Breach.DUPLICATED, id, "delivered again to " + delivery.to());
        } else {
            channels(id).shown(offered);
            judgeOrder(message);
        }
    }

    private Channels channels(String id) {
        return channels.computeIfAbsent(id, key -> new Channels((what, detail) -> breach(what, key, detail)));
    }

    private Offers offers(String phone) {
        return offers.computeIfAbsent(phone, key -> new Offers());
    }

    private int delivered() {
        return (int) channels.values().stream().filter(Channels::isShown).count();
    }

    private void judgeOrder(Sent message) {
        Pair pair = new Pair(message.from(), message.to());
        long before = highest.getOrDefault(pair, Long.MIN_VALUE);
        if (message.number() < before) {
            breach(
                    Breach.REORDERED,
                    message.id(),
                    message.from() + " to " + message.to() + ": " + message.number() + " came after " + before);
        } else {
            highest.put(pair, message.number());
        }
    }

    private void onHeld(Held custody) {
        Sent message = sent.get(custody.id());
        if (message == null || !message.from().equals(custody.from())) {
            breach(Breach.UNEXPECTED, custody.id(), custody.from() + " heard that it is held, but did not send it");
        }
    }

    private void onEnded(Ended end) {
        if (!isOfItsSender(end)) {
            breach(Breach.UNEXPECTED, end.id(), end.from() + " heard of an end, but did not send it");
        } else if (!terminated.add(end.id())) {
            breach(Breach.TERMINATED_TWICE, end.id(), outcomes.get(end.id()) + ", then " + end.outcome());
        }
    }

    private void onSms(SentAsSms sms) {
        Sent message = sent.get(sms.id());
        if (message == null || !message.from().equals(sms.from())) {
            breach(Breach.UNEXPECTED, sms.id(), sms.from() + " sent an SMS for it, but did not send it");
        } else {
            channels(sms.id()).atModem(sms.nanos());
        }
    }

    private void onCentre(AtCentre sms) {
        if (sent.containsKey(sms.id())) {
            channels(sms.id()).atCentre(sms);
        } else {
            breach(Breach.UNEXPECTED, sms.id(), "went to the centre, sent by nobody");
        }
    }

    private void judgeEnd(Sent message) {
        String outcome = outcomes.getOrDefault(message.id(), "");
        if (outcome.isEmpty()) {
            breach(Breach.UNTERMINATED, message.id(), message.from() + " never heard how it ended");
        }
        channels(message.id()).judge(outcome);
    }

    private void breach(Breach breach, String id, String detail) {
        violations.add(new Violation(breach, id, detail));
    }
}
