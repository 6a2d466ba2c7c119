package lethe.loadtest.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import lethe.loadtest.history.HistoryEvent.Delivered;
import lethe.loadtest.history.HistoryEvent.Ended;
import lethe.loadtest.history.HistoryEvent.Fault;
import lethe.loadtest.history.HistoryEvent.OptedIn;
import lethe.loadtest.history.HistoryEvent.OptedOut;
import lethe.loadtest.history.HistoryEvent.Sent;
import lethe.loadtest.history.HistoryEvent.SentAsSms;
import org.jspecify.annotations.NullMarked;

/**
 * Draws histories that keep every promise: some phones write to each other, messages wait in queues, end in all the
 * ways there are, and a subscriber leaves and returns.
 */
@NullMarked
final class GoodHistory {
    private static final List<String> UNDELIVERED =
            List.of("expired", "revoked", "rejected", "undecryptable", "refused");

    private final Random random;
    private final int phones;
    private final List<HistoryEvent> events = new ArrayList<>();
    private final List<Sent> waiting = new ArrayList<>();
    private final List<Sent> unheard = new ArrayList<>();
    private long number;

    private GoodHistory(Random random) {
        this.random = random;
        this.phones = 2 + random.nextInt(5);
    }

    /** At least one message is delivered, at least one goes by SMS. */
    static List<HistoryEvent> draw(Random random) {
        return new GoodHistory(random).run(20 + random.nextInt(200));
    }

    private List<HistoryEvent> run(int steps) {
        for (int step = 0; step < steps || number < 5; step++) {
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> send();
                case 3, 4 -> deliver();
                case 5, 6 -> hear();
                default -> events.add(new Fault(now(), "killed the broker"));
            }
        }
        send();
        while (!waiting.isEmpty()) {
            arrive(waiting.remove(0));
        }
        sms();
        while (!unheard.isEmpty()) {
            hear();
        }
        leaveAndReturn();
        return events;
    }

    private void send() {
        int from = random.nextInt(phones);
        int to = (from + 1 + random.nextInt(phones - 1)) % phones;
        Sent message = new Sent(now(), name(from), name(to), "m" + number, number, "digest " + number);
        number++;
        waiting.add(message);
        events.add(message);
    }

    /** The oldest of any pair: taking the first that waits at all keeps every pair in order. */
    private void deliver() {
        if (waiting.isEmpty()) {
            return;
        }
        Sent message = waiting.remove(0);
        if (random.nextInt(6) == 0) {
            events.add(new Ended(now(), message.from(), message.id(), UNDELIVERED.get(random.nextInt(5))));
        } else {
            arrive(message);
        }
    }

    private void arrive(Sent message) {
        events.add(new Delivered(now(), message.to(), message.id(), message.content()));
        unheard.add(message);
    }

    private void sms() {
        send();
        Sent message = waiting.remove(waiting.size() - 1);
        events.add(new SentAsSms(now(), message.from(), message.id()));
        events.add(new Ended(now(), message.from(), message.id(), "sms_sent"));
    }

    private void hear() {
        if (!unheard.isEmpty()) {
            Sent message = unheard.remove(random.nextInt(unheard.size()));
            events.add(new Ended(now(), message.from(), message.id(), "delivered"));
        }
    }

    private void leaveAndReturn() {
        events.add(new OptedOut(now(), name(0)));
        events.add(new OptedIn(now(), name(0)));
        Sent message = new Sent(now(), name(1), name(0), "m" + number, number, "digest " + number);
        events.add(message);
        arrive(message);
        hear();
    }

    private long now() {
        return events.size() * 1_000L;
    }

    private static String name(int phone) {
        return "phone-" + phone;
    }
}
