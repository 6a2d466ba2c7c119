package lethe.loadtest.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import lethe.loadtest.history.HistoryEvent.Delivered;
import lethe.loadtest.history.HistoryEvent.Ended;
import lethe.loadtest.history.HistoryEvent.Held;
import lethe.loadtest.history.HistoryEvent.OptedOut;
import lethe.loadtest.history.HistoryEvent.Sent;
import lethe.loadtest.history.HistoryEvent.SentAsSms;
import org.junit.jupiter.api.Test;

class HistoryCheckerTest {
    private static final int TRIALS = 300;

    @Test
    void findsNothingInGoodHistories() {
        for (long seed = 0; seed < TRIALS; seed++) {
            var verdict = HistoryChecker.check(GoodHistory.draw(new Random(seed)));
            assertThat(verdict.violations()).as("seed %d", seed).isEmpty();
            assertThat(verdict.delivered()).as("seed %d", seed).isPositive();
        }
    }

    @Test
    void findsAMessageThatArrivedNowhere() {
        planted(Breach.LOST, (history, random) -> history.remove(any(history, Delivered.class, random)));
    }

    @Test
    void findsAMessageWithoutAnyTrace() {
        planted(Breach.LOST, (history, random) -> {
            var victim = any(history, Delivered.class, random);
            history.remove(victim);
            history.removeIf(event -> event instanceof Ended end && end.id().equals(victim.id()));
        });
    }

    @Test
    void findsWhatTheBrokerItselfCallsLost() {
        planted(Breach.LOST, (history, random) -> {
            var victim = any(history, Delivered.class, random);
            history.remove(victim);
            history.replaceAll(event -> event instanceof Ended end && end.id().equals(victim.id())
                    ? new Ended(end.nanos(), end.from(), end.id(), "lost")
                    : event);
        });
    }

    @Test
    void findsAMessageThatTheModemNeverGot() {
        planted(Breach.LOST, (history, random) -> history.remove(any(history, SentAsSms.class, random)));
    }

    @Test
    void findsAMessageThatNobodySent() {
        planted(
                Breach.UNEXPECTED,
                (history, random) ->
                        history.add(random.nextInt(history.size()), new Delivered(0, "phone-1", "forged", "digest")));
    }

    @Test
    void findsAMessageAtTheWrongPhone() {
        planted(
                Breach.UNEXPECTED,
                (history, random) -> changeDelivery(
                        history, random, each -> new Delivered(each.nanos(), "elsewhere", each.id(), each.content())));
    }

    @Test
    void findsAMessageWithOtherContent() {
        planted(
                Breach.UNEXPECTED,
                (history, random) -> changeDelivery(
                        history, random, each -> new Delivered(each.nanos(), each.to(), each.id(), "other")));
    }

    @Test
    void findsAnEndHeardByAnother() {
        planted(
                Breach.UNEXPECTED,
                (history, random) -> history.add(new Ended(
                        0, "eavesdropper", any(history, Sent.class, random).id(), "delivered")));
    }

    @Test
    void findsCustodyOfWhatNobodySent() {
        planted(Breach.UNEXPECTED, (history, random) -> history.add(new Held(0, "phone-0", "forged")));
    }

    @Test
    void findsOneIdForTwoMessages() {
        planted(Breach.UNEXPECTED, (history, random) -> {
            var first = any(history, Sent.class, random);
            history.add(new Sent(0, first.from(), first.to(), first.id(), first.number() + 1, "other"));
        });
    }

    @Test
    void findsTwoMessagesInTheWrongOrder() {
        planted(Breach.REORDERED, (history, random) -> {
            long number = 1_000_000;
            for (int i = 0; i < 2; i++) {
                history.add(new Sent(0, "phone-0", "phone-1", "late-" + i, number - i, "late"));
                history.add(new Ended(0, "phone-0", "late-" + i, "delivered"));
            }
            history.add(new Delivered(0, "phone-1", "late-0", "late"));
            history.add(new Delivered(0, "phone-1", "late-1", "late"));
        });
    }

    @Test
    void findsASecondHandingOver() {
        planted(
                Breach.DUPLICATED,
                (history, random) -> history.add(history.size() - 1, any(history, Delivered.class, random)));
    }

    @Test
    void findsASecondSms() {
        planted(Breach.DUPLICATED, (history, random) -> history.add(any(history, SentAsSms.class, random)));
    }

    @Test
    void findsASenderWhoNeverHeard() {
        planted(Breach.UNTERMINATED, (history, random) -> history.remove(any(history, Ended.class, random)));
    }

    @Test
    void findsASecondEnd() {
        planted(Breach.TERMINATED_TWICE, (history, random) -> history.add(any(history, Ended.class, random)));
    }

    @Test
    void findsADeliveredMessageThatWentBySmsToo() {
        planted(Breach.TWO_CHANNELS, (history, random) -> {
            var delivered = any(history, Delivered.class, random);
            var from = sender(history, delivered.id());
            history.add(new SentAsSms(0, from, delivered.id()));
        });
    }

    @Test
    void findsADeliveryAfterOptingOut() {
        planted(Breach.AFTER_OPT_OUT, (history, random) -> {
            var delivered = any(history, Delivered.class, random);
            history.add(history.indexOf(delivered), new OptedOut(0, delivered.to()));
        });
    }

    /** Every breach is found, of its kind, in each of many histories that were good before. */
    private static void planted(Breach breach, BiConsumer<List<HistoryEvent>, Random> plant) {
        for (long seed = 0; seed < TRIALS; seed++) {
            var random = new Random(seed);
            var history = new ArrayList<>(GoodHistory.draw(random));
            plant.accept(history, random);
            var verdict = HistoryChecker.check(history);
            assertThat(verdict.passed()).as("seed %d", seed).isFalse();
            assertThat(verdict.count(breach)).as("seed %d: %s", seed, verdict).isPositive();
        }
    }

    private static void changeDelivery(
            List<HistoryEvent> history, Random random, java.util.function.UnaryOperator<Delivered> change) {
        var victim = any(history, Delivered.class, random);
        history.set(history.indexOf(victim), change.apply(victim));
    }

    private static String sender(List<HistoryEvent> history, String id) {
        return history.stream()
                .filter(event -> event instanceof Sent sent && sent.id().equals(id))
                .map(event -> ((Sent) event).from())
                .findFirst()
                .orElseThrow();
    }

    private static <T extends HistoryEvent> T any(List<HistoryEvent> history, Class<T> kind, Random random) {
        var all = history.stream().filter(kind::isInstance).map(kind::cast).toList();
        return all.get(random.nextInt(all.size()));
    }
}
