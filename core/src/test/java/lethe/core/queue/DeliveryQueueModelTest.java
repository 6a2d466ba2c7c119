package lethe.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import lethe.core.Samples;
import lethe.core.Trials;
import lethe.core.protocol.Problem;
import org.junit.jupiter.api.Test;

/** Whatever comes in, leaves, is stored and falls due: the queue does what a plain list would do. */
class DeliveryQueueModelTest {
    private static final Duration HOLD_WINDOW = Duration.ofMillis(250);
    private static final int STEPS = 150;

    @Test
    void doesWhatAPlainListWouldDo() {
        Trials.forAll(random -> new Run(random).run());
    }

    /** One queue, its model, and a clock moved by hand. */
    private static final class Run {
        private final Random random;
        private final Bounds bounds;
        private final DeliveryQueue<String> queue;
        private final QueueModel model;
        private final List<Waiting<String>> gone = new ArrayList<>();
        private Instant now = Samples.START;
        private long lastNumber;

        Run(Random random) {
            this.random = random;
            this.bounds = new Bounds(1 + random.nextInt(12), 1L + random.nextInt(400), 1 + random.nextInt(4));
            this.queue = new DeliveryQueue<>(bounds);
            this.model = new QueueModel(bounds);
        }

        void run() {
            int recovered = random.nextInt(3) * random.nextInt(8);
            for (int i = 0; i < recovered; i++) {
                recover();
            }
            holdsTogether();
            for (int step = 0; step < STEPS; step++) {
                step();
                holdsTogether();
            }
            empties();
        }

        private void step() {
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> admit();
                case 3 -> remove();
                case 4 -> store(random.nextBoolean() ? HOLD_WINDOW : Duration.ZERO);
                case 5 -> endDue();
                case 6 -> removeAgain();
                default -> now = now.plusMillis(random.nextInt(200));
            }
        }

        private void recover() {
            Envelope envelope = Samples.envelope(random, random.nextInt(60), now, Duration.ofSeconds(2));
            queue.recover(new Slot(1, ++lastNumber), envelope, now);
            model.recover(queue.find(envelope.id()).orElseThrow(), now);
        }

        private void admit() {
            Envelope envelope = Samples.envelope(random, random.nextInt(60), now, Duration.ofSeconds(2));
            long sender = 1L + random.nextInt(3);
            Optional<Problem> objection = queue.objection(envelope, sender);
            assertThat(objection.map(Problem::type))
                    .isEqualTo(model.objection(envelope.body().length(), sender));
            if (objection.isEmpty()) {
                Slot slot = new Slot(2, ++lastNumber);
                model.admit(queue.admit(slot, envelope, sender, now, "watcher"), now, sender);
                staysWithinBounds(sender);
            }
        }

        private void staysWithinBounds(long sender) {
            assertThat(queue.size()).isLessThanOrEqualTo(bounds.messages());
            assertThat(queue.bytes()).isLessThanOrEqualTo(bounds.bytes());
            assertThat(model.count(item -> item.sender == sender)).isLessThanOrEqualTo(bounds.messagesPerSender());
            assertThat(model.bytes(item -> item.sender == sender)).isLessThanOrEqualTo(bounds.bytesPerSender());
        }

        private void remove() {
            if (!model.items().isEmpty()) {
                end(Samples.oneOf(random, model.items()).waiting);
            }
        }

        private void end(Waiting<String> waiting) {
            queue.remove(waiting);
            model.remove(waiting);
            gone.add(waiting);
        }

        private void removeAgain() {
            if (!gone.isEmpty()) {
                queue.remove(Samples.oneOf(random, gone));
            }
        }

        private void store(Duration holdWindow) {
            List<Waiting<String>> ripe = queue.toStore(now, holdWindow, HOLD_WINDOW);
            assertThat(ripe).isEqualTo(model.toStore(now, holdWindow, HOLD_WINDOW));
            queue.stored(ripe);
            model.stored(ripe);
        }

        private void endDue() {
            List<Waiting<String>> due = queue.due(now);
            assertThat(due).isEqualTo(model.due(now));
            due.forEach(this::end);
        }

        private void holdsTogether() {
            assertThat(queue.entries()).containsExactlyElementsOf(model.waiting(any -> true));
            assertThat(queue.size()).isEqualTo(model.items().size());
            assertThat(queue.isEmpty()).isEqualTo(model.items().isEmpty());
            assertThat(queue.bytes()).isEqualTo(model.bytes(any -> true));
            assertThat(queue.nextDue()).isBeforeOrEqualTo(model.nextDue());
            assertThat(queue.entries()).filteredOn(Waiting::isStored).isEqualTo(model.waiting(item -> item.stored));
            model.holdEnds(HOLD_WINDOW, HOLD_WINDOW)
                    .ifPresent(at -> assertThat(queue.holdEnds(HOLD_WINDOW))
                            .hasValueSatisfying(told -> assertThat(told).isBeforeOrEqualTo(at)));
            assertThat(queue.holdEnds(HOLD_WINDOW).isPresent()).isEqualTo(model.count(item -> !item.stored) > 0);
            whatIsStoredIsOlder();
            gone.forEach(
                    waiting -> assertThat(queue.find(waiting.envelope().id())).isEmpty());
        }

        private void whatIsStoredIsOlder() {
            Optional<Slot> lastStored = model.waiting(item -> item.stored).stream()
                    .map(Waiting::slot)
                    .max(Slot::compareTo);
            Optional<Slot> firstUnstored = model.waiting(item -> !item.stored && !item.isFleeting(HOLD_WINDOW)).stream()
                    .map(Waiting::slot)
                    .min(Slot::compareTo);
            if (lastStored.isPresent() && firstUnstored.isPresent()) {
                assertThat(lastStored.get()).isLessThan(firstUnstored.get());
            }
        }

        /** When everything has left, the whole room is there again, for everybody. */
        private void empties() {
            model.waiting(any -> true).forEach(this::end);
            holdsTogether();
            assertThat(queue.bytes()).isZero();
            assertThat(queue.nextDue()).isEqualTo(Instant.MAX);
            assertThat(queue.toStore(Instant.MAX, Duration.ZERO, Duration.ZERO)).isEmpty();
            for (long sender = 1; sender <= 3; sender++) {
                Envelope share = Samples.envelope(random, (int) bounds.bytesPerSender(), now);
                assertThat(queue.objection(share, sender)).isEmpty();
            }
        }
    }
}
