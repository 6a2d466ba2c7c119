package lethe.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import lethe.core.Samples;
import lethe.core.Trials;
import org.junit.jupiter.api.Test;

/** A session's window through whatever a phone, its senders and the clock do to it. */
class WindowModelTest {
    private static final int CREDIT_LIMIT = 8;

    @Test
    void givesEachEnvelopeOnceInOrderAndNeverBeyondTheCredit() {
        Trials.forAll(random -> new Run(random).run());
    }

    private static final class Run {
        private final Random random;
        private final DeliveryQueue<String> queue = new DeliveryQueue<>(new Bounds(1_000, 1_000_000, 1));
        private final List<Waiting<String>> backlog = new ArrayList<>();
        private final TreeMap<Long, Waiting<String>> underWay = new TreeMap<>();
        private final Set<Waiting<String>> givenOut = new HashSet<>();
        private final Window<String> window;
        private int credit;
        private long lastNumber;
        private long lastSeq;
        private Slot lastGivenOut = new Slot(0, 0);

        Run(Random random) {
            this.random = random;
            int waiting = random.nextInt(12);
            for (int i = 0; i < waiting; i++) {
                backlog.add(arrival());
            }
            credit = 1 + random.nextInt(4);
            window = new Window<>(queue.entries(), credit, CREDIT_LIMIT);
        }

        private Waiting<String> arrival() {
            Instant expires = Samples.START.plusSeconds(60);
            return queue.admit(new Slot(1, ++lastNumber), Samples.envelope(random, 4, expires), 1, Samples.START, null);
        }

        void run() {
            for (int step = 0; step < 120; step++) {
                step();
                knowsWhatItGaveOut();
                push();
            }
            givesOutEverythingInTheEnd();
        }

        private void step() {
            switch (random.nextInt(6)) {
                case 0, 1 -> window.append(arrival());
                case 2 -> acknowledge();
                case 3 -> takeSingly();
                case 4 -> endSome();
                default -> grant(random.nextInt(4) - 1);
            }
        }

        private void grant(int more) {
            window.grant(more);
            credit = Math.min(CREDIT_LIMIT, credit + Math.max(0, more));
        }

        private void push() {
            for (Optional<Window.Offer<String>> next = window.next(); next.isPresent(); next = window.next()) {
                Waiting<String> waiting = next.get().waiting();
                assertThat(next.get().seq()).isEqualTo(++lastSeq);
                assertThat(waiting.slot()).isGreaterThan(lastGivenOut);
                assertThat(waiting.hasEnded()).isFalse();
                assertThat(givenOut.add(waiting)).isTrue();
                lastGivenOut = waiting.slot();
                underWay.put(lastSeq, waiting);
                assertThat(stillUnderWay()).isLessThanOrEqualTo(credit);
            }
            boolean isDrained = backlog.stream().allMatch(waiting -> givenOut.contains(waiting) || waiting.hasEnded());
            assertThat(window.isDrained()).isEqualTo(isDrained);
            if (stillUnderWay() == 0) {
                assertThat(queue.entries()).allMatch(givenOut::contains);
            }
        }

        private long stillUnderWay() {
            return underWay.values().stream()
                    .filter(waiting -> !waiting.hasEnded())
                    .count();
        }

        private void acknowledge() {
            long upto = random.nextLong(lastSeq + 1);
            List<Long> except = some(underWay.keySet());
            List<Waiting<String>> expected = new ArrayList<>();
            underWay.headMap(upto, true).forEach((seq, waiting) -> {
                if (!except.contains(seq) && !waiting.hasEnded()) {
                    expected.add(waiting);
                }
            });
            underWay.headMap(upto, true).keySet().removeIf(seq -> !except.contains(seq));

            List<Waiting<String>> taken = window.acknowledge(upto, except);

            assertThat(taken).isEqualTo(expected);
            taken.forEach(queue::remove);
        }

        private void takeSingly() {
            List<Long> named = some(underWay.keySet());
            List<Waiting<String>> expected = named.stream()
                    .map(seq -> underWay.remove(seq))
                    .filter(waiting -> !waiting.hasEnded())
                    .toList();

            List<Waiting<String>> taken = window.take(named);

            assertThat(taken).isEqualTo(expected);
            taken.forEach(queue::remove);
        }

        private void endSome() {
            some(List.copyOf(queue.entries())).forEach(queue::remove);
        }

        private <T> List<T> some(Iterable<T> all) {
            List<T> some = new ArrayList<>();
            all.forEach(one -> {
                if (random.nextInt(3) == 0) {
                    some.add(one);
                }
            });
            return some;
        }

        private void knowsWhatItGaveOut() {
            assertThat(window.isAhead(lastSeq)).isFalse();
            assertThat(window.isAhead(lastSeq + 1 + random.nextInt(5))).isTrue();
        }

        private void givesOutEverythingInTheEnd() {
            while (!queue.isEmpty()) {
                window.acknowledge(lastSeq, List.of()).forEach(queue::remove);
                underWay.clear();
                push();
            }
            assertThat(window.isDrained()).isTrue();
        }
    }
}
