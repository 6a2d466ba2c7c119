package lethe.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import lethe.core.Samples;
import org.junit.jupiter.api.Test;

class WindowTest {
    private static final Instant NOW = Samples.START;

    private final Random random = new Random(1);
    private final DeliveryQueue<String> queue = new DeliveryQueue<>(new Bounds(100, 10_000, 1));
    private long lastNumber;

    private Waiting<String> waiting() {
        Envelope envelope = Samples.envelope(random, 4, NOW.plusSeconds(60));
        return queue.admit(new Slot(1, ++lastNumber), envelope, 1, NOW, null);
    }

    private Window<String> window(int credit) {
        return new Window<>(queue.entries(), credit, 10);
    }

    private static List<Long> givenOut(Window<String> window) {
        List<Long> seqs = new ArrayList<>();
        for (Optional<Window.Offer<String>> next = window.next(); next.isPresent(); next = window.next()) {
            seqs.add(next.get().seq());
        }
        return seqs;
    }

    private void givenWaiting(int count) {
        for (int i = 0; i < count; i++) {
            waiting();
        }
    }

    @Test
    void givesOutWhatTheCreditAllowsNumberedFromOne() {
        givenWaiting(5);

        assertThat(givenOut(window(3))).containsExactly(1L, 2L, 3L);
    }

    @Test
    void losesNothingByGivingBackItsRoom() {
        givenWaiting(5);
        Window<String> window = window(3);
        givenOut(window);

        window.release();
        assertThat(window.acknowledge(3, List.of())).hasSize(3);
        window.release();

        assertThat(givenOut(window)).containsExactly(4L, 5L);
    }

    @Test
    void givesOutMoreWhenSomeIsAcknowledged() {
        givenWaiting(5);
        Window<String> window = window(3);
        givenOut(window);

        window.acknowledge(2, List.of());

        assertThat(givenOut(window)).containsExactly(4L, 5L);
    }

    @Test
    void givesOutMoreWhenThePhoneTakesMoreButNeverMoreThanTheLimit() {
        givenWaiting(20);
        Window<String> window = window(1);
        givenOut(window);

        window.grant(Integer.MAX_VALUE);

        assertThat(givenOut(window)).hasSize(9);
    }

    @Test
    void keepsNothingOfWhatEndedBehindAPhoneThatTakesNothing() {
        givenWaiting(2);
        Window<String> window = window(1);
        givenOut(window);

        for (int i = 0; i < 10_000; i++) {
            Waiting<String> brief = waiting();
            window.append(brief);
            queue.remove(brief);
        }

        assertThat(window.kept()).isLessThan(100);
    }

    @Test
    void takesNoCreditBack() {
        givenWaiting(5);
        Window<String> window = window(2);

        window.grant(-5);

        assertThat(givenOut(window)).hasSize(2);
    }

    @Test
    void givesOutOneAtATimeToAPhoneWithoutCredit() {
        givenWaiting(5);

        assertThat(givenOut(window(0))).hasSize(1);
        assertThat(givenOut(window(-7))).hasSize(1);
        assertThat(givenOut(window(1_000))).hasSize(5);
    }

    @Test
    void keepsWhatIsExceptedFromAnAcknowledgement() {
        givenWaiting(3);
        List<Waiting<String>> all = List.copyOf(queue.entries());
        Window<String> window = window(3);
        givenOut(window);

        assertThat(window.acknowledge(3, List.of(2L))).containsExactly(all.get(0), all.get(2));
        assertThat(window.acknowledge(3, List.of())).containsExactly(all.get(1));
        assertThat(window.acknowledge(3, List.of())).isEmpty();
    }

    @Test
    void takesSingleOnesFromAnywhere() {
        givenWaiting(3);
        List<Waiting<String>> all = List.copyOf(queue.entries());
        Window<String> window = window(3);
        givenOut(window);

        assertThat(window.take(List.of(2L, 9L))).containsExactly(all.get(1));
        assertThat(window.take(List.of(2L))).isEmpty();
        assertThat(window.acknowledge(3, List.of())).containsExactly(all.get(0), all.get(2));
    }

    @Test
    void noticesAnAcknowledgementOfWhatWasNeverGivenOut() {
        givenWaiting(3);
        Window<String> window = window(2);
        givenOut(window);

        assertThat(window.isAhead(2)).isFalse();
        assertThat(window.isAhead(0)).isFalse();
        assertThat(window.isAhead(3)).isTrue();
        assertThat(window.isAhead(-1)).isTrue();
        assertThat(window.isAhead(Long.MAX_VALUE)).isTrue();
    }

    @Test
    void skipsWhatHasEndedMeanwhile() {
        Waiting<String> first = waiting();
        Waiting<String> second = waiting();
        Waiting<String> third = waiting();
        Window<String> window = window(2);
        window.next();

        queue.remove(first);
        queue.remove(second);

        assertThat(window.next().map(Window.Offer::waiting)).contains(third);
        assertThat(window.acknowledge(2, List.of())).containsExactly(third);
    }

    @Test
    void isDrainedOnceTheBacklogHasGoneOutAndWhatCameLaterDoesNotCount() {
        givenWaiting(2);
        Window<String> window = window(1);
        window.append(waiting());

        assertThat(window.isDrained()).isFalse();
        givenOut(window);
        assertThat(window.isDrained()).isFalse();
        window.acknowledge(1, List.of());
        givenOut(window);
        assertThat(window.isDrained()).isTrue();
    }

    @Test
    void isDrainedAtOnceIfNothingWaits() {
        assertThat(window(1).isDrained()).isTrue();
    }

    @Test
    void isDrainedWhenTheRestOfTheBacklogHasEnded() {
        waiting();
        Waiting<String> second = waiting();
        Window<String> window = window(1);
        givenOut(window);

        queue.remove(second);
        givenOut(window);

        assertThat(window.isDrained()).isTrue();
    }

    @Test
    void beginsWithWhatTheFormerSessionDidNotAcknowledge() {
        givenWaiting(3);
        List<Waiting<String>> all = List.copyOf(queue.entries());
        Window<String> former = window(3);
        givenOut(former);
        former.acknowledge(1, List.of()).forEach(queue::remove);

        Window<String> next = window(3);

        assertThat(next.next()).contains(new Window.Offer<>(1, all.get(1)));
        assertThat(next.next()).contains(new Window.Offer<>(2, all.get(2)));
    }
}
