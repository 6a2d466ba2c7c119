package lethe.core.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import lethe.core.Samples;
import lethe.core.account.Device;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.limit.Limit;
import lethe.core.protocol.Difference;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.queue.Bounds;
import lethe.core.queue.Envelope;
import lethe.core.queue.Waiting;
import lethe.core.queue.Window;
import lethe.core.receipt.Receipt;
import lethe.core.receipt.ReceiptState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliveriesTest {
    private static final Instant NOW = Samples.START;
    private static final Instant DEADLINE = NOW.plusSeconds(30);
    private static final Instant EXPIRES = NOW.plusSeconds(60);
    private static final long ALICE = 1;

    private final Random random = new Random(1);
    private final Device phone = Samples.device(random);
    private final Device tablet = Samples.device(random);
    private final SubscriberState state = SubscriberState.absent(7);
    private final Deliveries<String> deliveries = Deliveries.of(state, new Bounds(4, 1_000, 1), NOW);

    @BeforeEach
    void givenOptedIn() {
        state.enter(Samples.consent(random, phone.id()), Samples.account(phone), null);
    }

    private Envelope envelope() {
        return Samples.envelope(random, 8, EXPIRES);
    }

    private Envelope fallingBack() {
        return Samples.envelope(random, 8, DEADLINE, EXPIRES);
    }

    private Envelope withBodyOfAnother(Envelope envelope) {
        return new Envelope(
                envelope.id(),
                Samples.opaque(random, 8),
                envelope.urgency(),
                envelope.expires(),
                envelope.fallback(),
                envelope.deadline());
    }

    private Admission<String> offer(Envelope envelope) {
        return offer(envelope, null, null);
    }

    private Admission<String> offer(Envelope envelope, @Nullable DeviceId device, @Nullable MessageId after) {
        return deliveries.admit(envelope, Addressee.of(device, null), after, ALICE, "session", NOW);
    }

    private Waiting<String> admitted(Envelope envelope) {
        Admission<String> admission = offer(envelope);
        assertThat(admission).isInstanceOf(Admission.Admitted.class);
        return ((Admission.Admitted<String>) admission).waiting();
    }

    @Test
    void keepsWhatWaitsWhenItGivesBackTheRest() {
        Waiting<String> waiting = admitted(envelope());
        Waiting<String> ended = admitted(envelope());
        deliveries.forget(deliveries.end(ended, ReceiptState.DELIVERED, NOW));

        deliveries.release();

        assertThat(deliveries.entries(phone.id())).containsExactly(waiting);
        assertThat(deliveries.standing(ended.envelope().id())).isInstanceOf(Standing.IsUnknown.class);
    }

    @Test
    void takesTheNextOneAfterItGaveEverythingBack() {
        Waiting<String> ended = admitted(envelope());
        deliveries.forget(deliveries.end(ended, ReceiptState.DELIVERED, NOW));

        deliveries.release();

        assertThat(deliveries.queues()).isEmpty();
        assertThat(admitted(envelope()).slot()).isGreaterThan(ended.slot());
    }

    private static Problem problem(Admission<String> admission) {
        assertThat(admission).isInstanceOf(Admission.Refused.class);
        return ((Admission.Refused<String>) admission).problem();
    }

    private Receipt ended(Waiting<String> waiting, ReceiptState as) {
        Ended<String> end = deliveries.end(waiting, as, NOW);
        if (end.mustPersist()) {
            state.end(end.receipt());
        }
        deliveries.forget(end);
        return end.receipt();
    }

    private void stored(Waiting<String> waiting) {
        state.hold(new HeldEnvelope(waiting.slot(), phone.id(), waiting.envelope()));
        deliveries.queue(phone.id()).stored(List.of(waiting));
    }

    @Test
    void tellWhoeverRepeatsAMessageAndAdmitItOnce() {
        Envelope envelope = envelope();
        Waiting<String> waiting = admitted(envelope);

        Admission<String> again = deliveries.admit(envelope, Addressee.ONLY, null, ALICE, "new session", NOW);

        assertThat(again).isEqualTo(new Admission.AlreadyWaiting<>(waiting));
        assertThat(waiting.watcher()).isEqualTo("new session");
        assertThat(deliveries.queue(phone.id()).size()).isEqualTo(1);
    }

    @Test
    void takeNoOtherMessageUnderAnIdThatWaits() {
        Envelope envelope = envelope();
        Waiting<String> waiting = admitted(envelope);

        assertThat(problem(deliveries.admit(withBodyOfAnother(envelope), Addressee.ONLY, null, ALICE, "thief", NOW)))
                .isEqualTo(Problem.of(ProblemType.ID_REUSED));
        assertThat(waiting.watcher()).isEqualTo("session");
    }

    @Test
    void answerARepeatedMessageWithItsEnd() {
        Envelope fast = envelope();
        Envelope held = envelope();
        Receipt delivered = ended(admitted(fast), ReceiptState.DELIVERED);
        Waiting<String> waiting = admitted(held);
        stored(waiting);
        Receipt expired = ended(waiting, ReceiptState.EXPIRED);

        assertThat(offer(fast)).isEqualTo(new Admission.Over<>(delivered, false));
        assertThat(offer(held)).isEqualTo(new Admission.Over<>(expired, true));
    }

    @Test
    void takeNoOtherMessageUnderAnIdThatHasEnded() {
        Envelope envelope = envelope();
        ended(admitted(envelope), ReceiptState.DELIVERED);

        assertThat(problem(offer(withBodyOfAnother(envelope)))).isEqualTo(Problem.of(ProblemType.ID_REUSED));
    }

    @Test
    void takeAMessageForTheOnlyDeviceOrTheNamedOne() {
        assertThat(offer(envelope(), phone.id(), null)).isInstanceOf(Admission.Admitted.class);
        assertThat(offer(envelope(), null, null)).isInstanceOf(Admission.Admitted.class);
        assertThat(deliveries.queue(phone.id()).size()).isEqualTo(2);
    }

    @Test
    void nameTheDevicesIfTheSenderKnowsOthers() {
        assertThat(problem(offer(envelope(), tablet.id(), null)))
                .isEqualTo(Problem.of(ProblemType.DEVICES_DIFFER)
                        .with(new Difference(
                                1, List.of(phone.id()), List.of(phone.id()), List.of(tablet.id()), List.of())));
        state.list(Samples.account(phone, tablet));

        assertThat(problem(offer(envelope(), null, null)).difference().devices())
                .containsExactly(phone.id(), tablet.id());
        assertThat(offer(envelope(), tablet.id(), null)).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void takeNoMessageBehindOneThatTheyDoNotKnow() {
        assertThat(problem(offer(envelope(), null, Samples.messageId(random))))
                .isEqualTo(Problem.of(ProblemType.OUT_OF_ORDER));
    }

    @Test
    void takeAMessageBehindOneThatWaitsOrHasEnded() {
        Waiting<String> first = admitted(envelope());
        MessageId after = first.envelope().id();

        assertThat(offer(envelope(), null, after)).isInstanceOf(Admission.Admitted.class);
        ended(first, ReceiptState.DELIVERED);
        assertThat(offer(envelope(), null, after)).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void nameTheBoundThatRefuses() {
        for (int i = 0; i < 4; i++) {
            admitted(envelope());
        }

        assertThat(problem(offer(envelope())))
                .isEqualTo(Problem.of(ProblemType.QUEUE_FULL).withLimit(4).by(Limit.DEVICE_QUEUE));
    }

    @Test
    void takeNothingInWhenTooManyReceiptsWait() {
        for (int i = 0; i < Deliveries.MOST_RECEIPTS; i++) {
            state.end(new Receipt(Samples.messageId(random), ReceiptState.DELIVERED, NOW, false, 1));
        }

        assertThat(problem(offer(envelope())))
                .isEqualTo(Problem.of(ProblemType.QUEUE_FULL)
                        .withLimit(Deliveries.MOST_RECEIPTS)
                        .by(Limit.SUBSCRIBER_RECEIPTS));
    }

    @Test
    void forgetFastEndsSoonerOrLater() {
        Envelope first = envelope();
        ended(admitted(first), ReceiptState.DELIVERED);
        for (int i = 0; i < 64; i++) {
            ended(admitted(envelope()), ReceiptState.DELIVERED);
        }

        assertThat(deliveries.standing(first.id())).isInstanceOf(Standing.IsUnknown.class);
    }

    @Test
    void fallBackAtTheDeadlineAndExpireWithoutOne() {
        Waiting<String> fallsBack = admitted(fallingBack());
        Waiting<String> expires = admitted(envelope());

        assertThat(deliveries.nextDue()).isEqualTo(DEADLINE);
        assertThat(deliveries.due(EXPIRES))
                .extracting(
                        Ended::waiting,
                        end -> end.receipt().state(),
                        end -> end.receipt().fallback())
                .containsExactly(
                        tuple(fallsBack, ReceiptState.REVOKED, true), tuple(expires, ReceiptState.EXPIRED, false));
    }

    @Test
    void persistTheEndOfWhatWasInCustodyOrMayFallBack() {
        Waiting<String> fast = admitted(fallingBack());
        Waiting<String> held = admitted(fallingBack());
        stored(held);

        assertThat(deliveries
                        .end(admitted(envelope()), ReceiptState.DELIVERED, NOW)
                        .mustPersist())
                .isFalse();
        assertThat(deliveries.end(fast, ReceiptState.DELIVERED, NOW).mustPersist())
                .isTrue();
        assertThat(deliveries.end(fast, ReceiptState.REVOKED, NOW).mustPersist())
                .isTrue();
        assertThat(deliveries.end(held, ReceiptState.DELIVERED, NOW).mustPersist())
                .isTrue();
    }

    /** Else a sender that missed the answer sends it again, behind what followed it, to an actor that began anew. */
    @Test
    void persistTheEndOfWhatItsSenderWithdrewAlsoIfNobodyHeldIt() {
        assertThat(deliveries.withdraw(admitted(envelope()), NOW).mustPersist()).isTrue();
        assertThat(deliveries
                        .end(admitted(envelope()), ReceiptState.EXPIRED, NOW)
                        .mustPersist())
                .isFalse();
    }

    @Test
    void sendNoSmsForAMessageThatItsSenderWithdraws() {
        Receipt receipt = deliveries.withdraw(admitted(fallingBack()), NOW).receipt();

        assertThat(receipt.state()).isEqualTo(ReceiptState.REVOKED);
        assertThat(receipt.fallback()).isFalse();
    }

    @Test
    void haveNothingLeftWhenTheSubscriberOptsOut() {
        Envelope gone = envelope();
        ended(admitted(gone), ReceiptState.DELIVERED);
        Waiting<String> waiting = admitted(envelope());
        Window<String> window = new Window<>(deliveries.queue(phone.id()).entries(), 4, 4);

        assertThat(deliveries.clear()).containsExactly(waiting);

        assertThat(deliveries.isEmpty()).isTrue();
        assertThat(deliveries.queues()).isEmpty();
        assertThat(deliveries.nextDue()).isEqualTo(Instant.MAX);
        assertThat(deliveries.standing(gone.id())).isInstanceOf(Standing.IsUnknown.class);
        assertThat(window.next()).isEmpty();
    }

    @Test
    void dropWhatWaitsForADeviceThatIsGoneAndMakeNoSmsOfIt() {
        state.list(Samples.account(phone, tablet));
        Envelope stays = envelope();
        Envelope goes = fallingBack();
        offer(stays, phone.id(), null);
        offer(goes, tablet.id(), null);

        List<Ended<String>> dropped = deliveries.drop(List.of(tablet.id()), NOW);

        assertThat(dropped).singleElement().satisfies(end -> {
            assertThat(end.receipt().id()).isEqualTo(goes.id());
            assertThat(end.receipt().state()).isEqualTo(ReceiptState.REJECTED);
            assertThat(end.receipt().fallback()).isFalse();
        });
    }

    @Test
    void sayWhenTheOldestOfAllDevicesMustBeStored() {
        state.enter(Samples.consent(random, tablet.id()), Samples.account(phone, tablet), null);
        deliveries.admit(envelope(), Addressee.of(tablet.id(), null), null, ALICE, "session", NOW.plusMillis(5));
        deliveries.admit(envelope(), Addressee.of(phone.id(), null), null, ALICE, "session", NOW.plusMillis(9));

        assertThat(deliveries.holdEnds(Duration.ofMillis(250))).contains(NOW.plusMillis(255));
    }

    @Test
    void takeBackWhatTheStateHolds() {
        List<MessageId> held = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Waiting<String> waiting = admitted(envelope());
            stored(waiting);
            held.add(waiting.envelope().id());
        }
        admitted(envelope());

        Deliveries<String> next = Deliveries.of(state, new Bounds(4, 1_000, 1), NOW);

        assertThat(next.queue(phone.id()).entries())
                .allMatch(Waiting::isStored)
                .extracting(waiting -> waiting.envelope().id())
                .isEqualTo(held);
    }

    @Test
    void rejectAMessageToNobodyAndLetItFallBackAtOnce() {
        assertThat(Rejection.of(envelope(), NOW).fallback()).isFalse();
        assertThat(Rejection.of(fallingBack(), NOW).fallback()).isTrue();
        assertThat(Rejection.of(fallingBack(), NOW).state()).isEqualTo(ReceiptState.REJECTED);
    }
}
