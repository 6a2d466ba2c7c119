package lethe.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import lethe.core.Samples;
import lethe.core.limit.Limit;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import org.junit.jupiter.api.Test;

class DeliveryQueueTest {
    private static final Instant NOW = Samples.START;
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final Duration HOLD_WINDOW = Duration.ofMillis(250);
    private static final long ALICE = 1;
    private static final long BOB = 2;

    private final Random random = new Random(1);
    private final DeliveryQueue<String> queue = new DeliveryQueue<>(new Bounds(8, 100, 2));
    private long lastNumber;

    private Waiting<String> admitted(long sender, int size) {
        return admitted(sender, Samples.envelope(random, size, LATER));
    }

    private Waiting<String> admitted(long sender, Envelope envelope) {
        return queue.admit(new Slot(1, ++lastNumber), envelope, sender, NOW, "watcher");
    }

    private Problem objection(long sender, int size) {
        return queue.objection(Samples.envelope(random, size, LATER), sender).orElseThrow();
    }

    @Test
    void refusesOneMessageMoreThanItsBound() {
        for (int i = 0; i < 4; i++) {
            admitted(ALICE, 1);
            admitted(BOB, 1);
        }

        assertThat(objection(3, 1))
                .isEqualTo(Problem.of(ProblemType.QUEUE_FULL).withLimit(8).by(Limit.DEVICE_QUEUE));
    }

    @Test
    void refusesOneByteMoreThanItsBound() {
        admitted(ALICE, 50);
        admitted(BOB, 49);

        assertThat(queue.objection(Samples.envelope(random, 1, LATER), 3)).isEmpty();
        assertThat(objection(3, 2))
                .isEqualTo(Problem.of(ProblemType.QUEUE_FULL).withLimit(100).by(Limit.DEVICE_QUEUE));
    }

    @Test
    void leavesRoomForOthersWhenOneSenderHasFilledItsShareInMessages() {
        for (int i = 0; i < 4; i++) {
            admitted(ALICE, 1);
        }

        assertThat(objection(ALICE, 1))
                .isEqualTo(Problem.of(ProblemType.SENDER_SHARE).withLimit(4).by(Limit.SENDER_SHARE));
        assertThat(queue.objection(Samples.envelope(random, 1, LATER), BOB)).isEmpty();
    }

    @Test
    void leavesRoomForOthersWhenOneSenderHasFilledItsShareInBytes() {
        admitted(ALICE, 50);

        assertThat(objection(ALICE, 1))
                .isEqualTo(Problem.of(ProblemType.SENDER_SHARE).withLimit(50).by(Limit.SENDER_SHARE));
        assertThat(queue.objection(Samples.envelope(random, 50, LATER), BOB)).isEmpty();
    }

    @Test
    void refusesABodyThatNoShareHolds() {
        assertThat(objection(ALICE, 51))
                .isEqualTo(Problem.of(ProblemType.SENDER_SHARE).withLimit(50).by(Limit.SENDER_SHARE));
    }

    @Test
    void letsEverySenderInOnceHoweverSmallTheQueue() {
        DeliveryQueue<String> tiny = new DeliveryQueue<>(new Bounds(2, 100, 4));

        assertThat(tiny.objection(Samples.envelope(random, 1, LATER), ALICE)).isEmpty();
    }

    @Test
    void takesBackMoreThanItsBoundFromTheStore() {
        for (int i = 0; i < 9; i++) {
            queue.recover(new Slot(1, ++lastNumber), Samples.envelope(random, 20, LATER), NOW);
        }

        assertThat(queue.size()).isEqualTo(9);
        assertThat(queue.entries()).allMatch(Waiting::isStored);
        assertThat(queue.holdEnds(HOLD_WINDOW)).isEmpty();
        assertThat(objection(ALICE, 1).type()).isEqualTo(ProblemType.QUEUE_FULL);
    }

    @Test
    void takesAnIdOnlyOnce() {
        Waiting<String> waiting = admitted(ALICE, 1);

        assertThatThrownBy(() -> admitted(ALICE, waiting.envelope())).isInstanceOf(IllegalArgumentException.class);
        assertThat(queue.entries()).containsExactly(waiting);
    }

    @Test
    void takesNoEnvelopeIntoThePastOfItsOrder() {
        admitted(ALICE, 1);
        Envelope late = Samples.envelope(random, 1, LATER);

        assertThatThrownBy(() -> queue.admit(new Slot(1, 1), late, ALICE, NOW, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(queue.find(late.id())).isEmpty();
        assertThat(queue.size()).isEqualTo(1);
    }

    @Test
    void storesWhatHasWaitedForTheHoldWindow() {
        Waiting<String> waiting = admitted(ALICE, 1);

        assertThat(queue.toStore(NOW.plusMillis(249), HOLD_WINDOW, HOLD_WINDOW)).isEmpty();
        assertThat(queue.toStore(NOW.plusMillis(250), HOLD_WINDOW, HOLD_WINDOW)).containsExactly(waiting);
        assertThat(queue.holdEnds(HOLD_WINDOW)).contains(NOW.plusMillis(250));
    }

    @Test
    void storesNothingThatIsForNowOrNever() {
        Waiting<String> fleeting = admitted(ALICE, Samples.envelope(random, 1, NOW.plus(HOLD_WINDOW)));
        Waiting<String> lasting = admitted(ALICE, 1);

        assertThat(fleeting.livesAtMost(HOLD_WINDOW)).isTrue();
        assertThat(queue.toStore(NOW, Duration.ZERO, HOLD_WINDOW)).containsExactly(lasting);
    }

    @Test
    void storesNothingTwice() {
        admitted(ALICE, Samples.envelope(random, 1, NOW.plus(HOLD_WINDOW)));
        admitted(ALICE, 1);
        queue.stored(queue.toStore(NOW, Duration.ZERO, HOLD_WINDOW));
        Waiting<String> next = admitted(BOB, 1);

        assertThat(queue.toStore(NOW, Duration.ZERO, HOLD_WINDOW)).containsExactly(next);
    }

    @Test
    void asksForNothingMoreOnceAllThatLastsIsStored() {
        Waiting<String> fleeting = admitted(ALICE, Samples.envelope(random, 1, NOW.plus(HOLD_WINDOW)));
        admitted(ALICE, 1);
        queue.stored(queue.toStore(NOW, Duration.ZERO, HOLD_WINDOW));
        queue.remove(fleeting);

        assertThat(queue.holdEnds(HOLD_WINDOW)).isEmpty();
    }

    @Test
    void fallsDueAtTheDeadlineOrElseAtTheEndOfTheLifetime() {
        Waiting<String> fallsBack = admitted(ALICE, Samples.envelope(random, 1, NOW.plusSeconds(5), LATER));
        Waiting<String> expires = admitted(ALICE, Samples.envelope(random, 1, NOW.plusSeconds(6)));
        admitted(ALICE, 1);

        assertThat(queue.nextDue()).isEqualTo(NOW.plusSeconds(5));
        assertThat(queue.due(NOW.plusSeconds(5).minusNanos(1))).isEmpty();
        assertThat(queue.due(NOW.plusSeconds(6))).isEqualTo(List.of(fallsBack, expires));
        assertThat(queue.nextDue()).isEqualTo(LATER);
    }

    @Test
    void leavesAStrangerUnderTheSameIdAlone() {
        Waiting<String> first = admitted(ALICE, 1);
        queue.remove(first);
        Waiting<String> second = admitted(ALICE, first.envelope());

        queue.remove(first);

        assertThat(queue.entries()).containsExactly(second);
        assertThat(second.hasEnded()).isFalse();
    }

    @Test
    void tellsWhoeverAskedLast() {
        Waiting<String> waiting = admitted(ALICE, 1);
        waiting.watchedBy("another session");

        assertThat(queue.find(waiting.envelope().id()).orElseThrow().watcher()).isEqualTo("another session");
    }

    @Test
    void hasPositiveBounds() {
        assertThatThrownBy(() -> new Bounds(0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Bounds(1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Bounds(1, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ordersSlotsByIncarnationThenNumber() {
        assertThat(Stream.of(new Slot(2, 1), new Slot(1, 9), new Slot(1, 2)).sorted())
                .containsExactly(new Slot(1, 2), new Slot(1, 9), new Slot(2, 1));
    }
}
