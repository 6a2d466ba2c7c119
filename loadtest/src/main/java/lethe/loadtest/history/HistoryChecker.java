package lethe.loadtest.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lethe.loadtest.history.HistoryEvent.Delivered;
import lethe.loadtest.history.HistoryEvent.Ended;
import lethe.loadtest.history.HistoryEvent.Held;
import lethe.loadtest.history.HistoryEvent.OptedIn;
import lethe.loadtest.history.HistoryEvent.OptedOut;
import lethe.loadtest.history.HistoryEvent.Sent;
import lethe.loadtest.history.HistoryEvent.SentAsSms;
import lethe.loadtest.history.Verdict.Violation;

/**
 * Judges a history that has been drained: all faults healed, all phones connected, nothing under way any more.
 *
 * <p>What was sent is looked up by id and not by position, because a message may arrive before its sender's application
 * has noted that it was taken. Everything else is judged in the order in which it was recorded. Order is the order of
 * numbers, of first deliveries, for each sender and recipient; a gap is no breach, since a message may expire.
 */
public final class HistoryChecker {
    private final Map<String, Sent> sent = new LinkedHashMap<>();
    private final Set<String> delivered = new HashSet<>();
    private final Set<String> bySms = new HashSet<>();
    private final Map<String, String> outcomes = new HashMap<>();
    private final Map<Pair, Long> highest = new HashMap<>();
    private final Set<String> optedOut = new HashSet<>();
    private final List<Violation> violations = new ArrayList<>();

    private record Pair(String from, String to) {}

    private HistoryChecker() {}

    /** Judges a whole history. */
    public static Verdict check(List<HistoryEvent> history) {
        HistoryChecker checker = new HistoryChecker();
        history.forEach(checker::index);
        history.forEach(checker::replay);
        checker.sent.values().forEach(checker::judgeEnd);
        return new Verdict(checker.sent.size(), checker.delivered.size(), checker.violations);
    }

    private void index(HistoryEvent event) {
        if (event instanceof Sent message && sent.putIfAbsent(message.id(), message) != null) {
            breach(Breach.UNEXPECTED, message.id(), "its id was used for two messages");
        }
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
        if (delivered.add(id)) {
            judgeOrder(message);
        } else {
            breach(Breach.DUPLICATED, id, "delivered again to " + delivery.to());
        }
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
        Sent message = sent.get(end.id());
        if (message == null || !message.from().equals(end.from())) {
            breach(Breach.UNEXPECTED, end.id(), end.from() + " heard of an end, but did not send it");
            return;
        }
        String before = outcomes.putIfAbsent(end.id(), end.outcome());
        if (before != null) {
            breach(Breach.TERMINATED_TWICE, end.id(), before + ", then " + end.outcome());
        }
    }

    private void onSms(SentAsSms sms) {
        Sent message = sent.get(sms.id());
        if (message == null || !message.from().equals(sms.from())) {
            breach(Breach.UNEXPECTED, sms.id(), sms.from() + " sent an SMS for it, but did not send it");
        } else if (!bySms.add(sms.id())) {
            breach(Breach.DUPLICATED, sms.id(), "sent twice as SMS");
        }
    }

    private void judgeEnd(Sent message) {
        String id = message.id();
        String outcome = outcomes.getOrDefault(id, "");
        if (outcome.isEmpty()) {
            breach(Breach.UNTERMINATED, id, message.from() + " never heard how it ended");
        }
        if (bySms.contains(id) && (delivered.contains(id) || outcome.equals("delivered"))) {
            breach(Breach.TWO_CHANNELS, id, "over IP and by SMS");
        }
        boolean somewhere = delivered.contains(id) || bySms.contains(id);
        if (!somewhere && (outcome.isEmpty() || claimsArrival(outcome))) {
            breach(Breach.LOST, id, message.from() + " to " + message.to() + ": " + describe(outcome));
        }
    }

    /** {@code lost} claims nothing, but it is what its name says. */
    private static boolean claimsArrival(String outcome) {
        return outcome.equals("delivered") || outcome.equals("sms_sent") || outcome.equals("lost");
    }

    private static String describe(String outcome) {
        return outcome.isEmpty() ? "arrived nowhere" : "ended as " + outcome + ", arrived nowhere";
    }

    private void breach(Breach breach, String id, String detail) {
        violations.add(new Violation(breach, id, detail));
    }
}
