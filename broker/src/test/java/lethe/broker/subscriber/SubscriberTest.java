package lethe.broker.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.Done;
import akka.actor.testkit.typed.javadsl.FishingOutcomes;
import akka.actor.testkit.typed.javadsl.TestProbe;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import lethe.broker.TestNode;
import lethe.broker.subscriber.SubscriberCommand.AcknowledgeIds;
import lethe.broker.subscriber.SubscriberCommand.DeviceAnswer;
import lethe.broker.subscriber.SubscriberCommand.DeviceAnswer.Polled;
import lethe.broker.subscriber.SubscriberCommand.OptInAnswer;
import lethe.broker.subscriber.SubscriberCommand.OptOut;
import lethe.broker.subscriber.SubscriberCommand.Poll;
import lethe.broker.subscriber.SubscriberCommand.Revoke;
import lethe.broker.subscriber.SubscriberCommand.Settle;
import lethe.broker.subscriber.SubscriberCommand.Watch;
import lethe.core.fallback.Fallback;
import lethe.core.protocol.CloseReason;
import lethe.core.protocol.ProblemType;
import lethe.core.queue.Envelope;
import lethe.core.receipt.ReceiptState;
import lethe.persistence.local.SharedCassandra;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubscriberTest {
    private static final Duration HOLD_WINDOW = Duration.ofMillis(150);

    @TempDir
    static Path data;

    private static final String KEYSPACE = SharedCassandra.freshKeyspace("subscriber");

    private static @Nullable TestNode running;

    private final Person bob = new Person(SubscriberTest::node);

    @BeforeAll
    static void startNode() {
        running = start();
    }

    @AfterAll
    static void stopNode() {
        node().close();
    }

    private static TestNode node() {
        return Objects.requireNonNull(running);
    }

    private static TestNode start() {
        return TestNode.start(KEYSPACE, data, Map.of("lethe.subscriber.hold-window", HOLD_WINDOW.toMillis() + " ms"));
    }

    @Test
    void takesNothingForSomebodyWhoDidNotOptIn() {
        TestProbe<Outcome> sender = sender();
        bob.send(bob.envelope(), sender);

        assertThat(ended(sender).receipt().state()).isEqualTo(ReceiptState.REJECTED);
    }

    @Test
    void sendsAMessageToAStrangerBackToFallBackAtOnce() {
        TestProbe<Outcome> sender = sender();
        bob.send(bob.envelope(Duration.ofSeconds(30), Fallback.DEVICE), sender);

        assertThat(ended(sender).receipt().fallback()).isTrue();
    }

    @Test
    void handsAMessageToAConnectedPhoneAndTellsItsEndWithoutKeepingAReceipt() {
        bob.optsIn();
        TestProbe<ToSession> phone = bob.connects();
        phone.expectMessageClass(ToSession.Drained.class);
        TestProbe<Outcome> sender = sender();
        Envelope envelope = bob.envelope();
        bob.send(envelope, sender);

        ToSession.Offered offered = phone.expectMessageClass(ToSession.Offered.class);
        assertThat(offered.envelope()).isEqualTo(envelope);
        bob.acknowledges(offered.seq());
        Outcome.HasEnded ended = ended(sender);
        assertThat(ended.receipt().state()).isEqualTo(ReceiptState.DELIVERED);
        assertThat(ended.settle()).isFalse();
    }

    @Test
    void takesCustodyOfWhatNobodyAcknowledgesWithinTheHoldWindow() {
        bob.optsIn();
        TestProbe<ToSession> phone = bob.connects();
        phone.expectMessageClass(ToSession.Drained.class);
        TestProbe<Outcome> sender = sender();
        bob.send(bob.envelope(), sender);
        ToSession.Offered offered = phone.expectMessageClass(ToSession.Offered.class);

        sender.expectMessageClass(Outcome.IsHeld.class);
        bob.acknowledges(offered.seq());
        assertThat(ended(sender).settle()).isTrue();
    }

    @Test
    void holdsForAnAbsentPhoneAndHandsOutInOrderWhenItComes() {
        bob.optsIn();
        TestProbe<Outcome> sender = sender();
        List<Envelope> envelopes = List.of(bob.envelope(), bob.envelope(), bob.envelope());
        envelopes.forEach(envelope -> bob.send(envelope, sender));
        envelopes.forEach(envelope -> sender.expectMessageClass(Outcome.IsHeld.class));

        TestProbe<ToSession> phone = bob.connects();
        assertThat(List.of(offered(phone), offered(phone), offered(phone))).isEqualTo(envelopes);
        phone.expectMessageClass(ToSession.Drained.class);
    }

    @Test
    void keepsWhatItHoldsAcrossACrash() {
        bob.optsIn();
        TestProbe<Outcome> sender = sender();
        Envelope envelope = bob.envelope();
        bob.send(envelope, sender);
        sender.expectMessageClass(Outcome.IsHeld.class);

        node().crash();
        running = start();

        TestProbe<Outcome> later = sender();
        bob.tell(new Watch(List.of(envelope.id()), new Watcher(later.getRef(), null)));
        later.expectMessageClass(Outcome.IsHeld.class);
        TestProbe<ToSession> phone = bob.connects();
        ToSession.Offered offered = phone.expectMessageClass(ToSession.Offered.class);
        assertThat(offered.envelope()).isEqualTo(envelope);
        bob.acknowledges(offered.seq());
        assertThat(ended(later).receipt().state()).isEqualTo(ReceiptState.DELIVERED);
    }

    @Test
    void keepsAReceiptUntilItIsSettledEvenAcrossACrash() {
        bob.optsIn();
        TestProbe<Outcome> sender = sender();
        Envelope envelope = bob.envelope();
        bob.send(envelope, sender);
        sender.expectMessageClass(Outcome.IsHeld.class);
        TestProbe<ToSession> phone = bob.connects();
        bob.acknowledges(phone.expectMessageClass(ToSession.Offered.class).seq());
        ended(sender);

        node().crash();
        running = start();

        TestProbe<Outcome> later = sender();
        Watch watch = new Watch(List.of(envelope.id()), new Watcher(later.getRef(), null));
        bob.tell(watch);
        assertThat(ended(later).receipt().state()).isEqualTo(ReceiptState.DELIVERED);
        TestProbe<Done> settled = TestProbe.create(node().system());
        bob.tell(new Settle(List.of(envelope.id()), settled.getRef(), true));
        settled.expectMessageClass(Done.class);
        bob.tell(watch);
        later.expectMessageClass(Outcome.IsUnknown.class);
    }

    @Test
    void storesWhatWaitsInMemoryBeforeItStops() {
        bob.optsIn();
        bob.connects();
        TestProbe<Outcome> sender = sender();
        Envelope envelope = bob.envelope();
        bob.send(envelope, sender);

        node().stop();
        running = start();

        TestProbe<ToSession> phone = bob.connects();
        assertThat(offered(phone)).isEqualTo(envelope);
    }

    @Test
    void answersARepeatedSendWithTheStateAndRefusesAReusedId() {
        bob.optsIn();
        TestProbe<Outcome> sender = sender();
        Envelope envelope = bob.envelope();
        bob.send(envelope, sender);
        sender.expectMessageClass(Outcome.IsHeld.class);

        bob.send(envelope, sender);
        sender.expectMessageClass(Outcome.IsHeld.class);
        bob.send(bob.otherBodyFor(envelope), sender);
        Outcome.IsRefused refused = sender.expectMessageClass(Outcome.IsRefused.class);
        assertThat(refused.problem().type()).isEqualTo(ProblemType.ID_REUSED);
    }

    @Test
    void turnsAMessageOverToSmsAtItsDeadlineAndNoPhoneGetsItAfterwards() {
        bob.optsIn();
        TestProbe<Outcome> sender = sender();
        bob.send(bob.envelope(Duration.ofMillis(600), Fallback.DEVICE), sender);
        sender.expectMessageClass(Outcome.IsHeld.class);

        Outcome.HasEnded verdict = ended(sender);
        assertThat(verdict.receipt().state()).isEqualTo(ReceiptState.REVOKED);
        assertThat(verdict.receipt().fallback()).isTrue();
        assertThat(verdict.settle()).isTrue();
        bob.connects().expectMessageClass(ToSession.Drained.class);
    }

    @Test
    void decidesADeadlineThatPassedWhileNobodyHadItInMemory() {
        bob.optsIn();
        TestProbe<Outcome> sender = sender();
        Envelope envelope = bob.envelope(Duration.ofSeconds(1), Fallback.DEVICE);
        bob.send(envelope, sender);
        sender.expectMessageClass(Outcome.IsHeld.class);
        node().crash();
        running = start();

        // Nobody asks for Bob: the sweep alone brings him up.
        passes(envelope.deadline());
        node().awaitNothingDue();
        Instant swept = Instant.now();
        TestProbe<Outcome> later = sender();
        bob.tell(new Watch(List.of(envelope.id()), new Watcher(later.getRef(), null)));
        Outcome.HasEnded verdict = ended(later);
        assertThat(verdict.receipt().fallback()).isTrue();
        assertThat(verdict.receipt().at()).isBefore(swept);
    }

    @Test
    void decidesEveryDeadlineAlthoughItIsInMemoryAtNone() {
        bob.optsIn();
        TestProbe<Outcome> sender = sender();
        Envelope first = bob.envelope(Duration.ofMillis(700), Fallback.DEVICE);
        Envelope second = bob.envelope(Duration.ofSeconds(8), Fallback.DEVICE);
        bob.send(first, sender);
        bob.send(second, sender);
        sender.expectMessageClass(Outcome.IsHeld.class);
        sender.expectMessageClass(Outcome.IsHeld.class);

        // Nobody but the sweep asks for the subscriber on either node.
        restart();
        await().atMost(Duration.ofSeconds(10)).until(() -> !first.deadline().isAfter(Instant.now()));
        node().awaitNothingDue();
        restart();
        await().atMost(Duration.ofSeconds(20)).until(() -> !second.deadline().isAfter(Instant.now()));
        node().awaitNothingDue();

        TestProbe<Outcome> later = sender();
        bob.tell(new Watch(List.of(second.id()), new Watcher(later.getRef(), null)));
        assertThat(ended(later).receipt().at()).isBefore(Instant.now().minusMillis(1));
    }

    private static void passes(Instant time) {
        await().atMost(Duration.ofSeconds(20)).until(() -> Instant.now().isAfter(time));
    }

    private void restart() {
        node().crash();
        running = start();
    }

    @Test
    void deliversToNobodyWhatIsForNowOrNever() {
        bob.optsIn();
        TestProbe<Outcome> sender = sender();
        bob.send(bob.fleeting(HOLD_WINDOW), sender);

        assertThat(ended(sender).receipt().state()).isEqualTo(ReceiptState.EXPIRED);
    }

    @Test
    void refusesAMessageWhosePredecessorItDoesNotKnow() {
        bob.optsIn();
        TestProbe<Outcome> sender = sender();
        bob.sendAfter(bob.envelope().id(), bob.envelope(), sender);

        Outcome.IsRefused refused = sender.expectMessageClass(Outcome.IsRefused.class);
        assertThat(refused.problem().type()).isEqualTo(ProblemType.OUT_OF_ORDER);
    }

    @Test
    void withdrawsAMessageThatWaits() {
        bob.optsIn();
        TestProbe<Outcome> sender = sender();
        Envelope envelope = bob.envelope(Duration.ofSeconds(30), Fallback.DEVICE);
        bob.send(envelope, sender);
        sender.expectMessageClass(Outcome.IsHeld.class);
        bob.tell(new Revoke(envelope.id(), new Watcher(sender.getRef(), null)));

        Outcome.HasEnded ended = ended(sender);
        assertThat(ended.receipt().state()).isEqualTo(ReceiptState.REVOKED);
        assertThat(ended.receipt().fallback()).isFalse();
        bob.connects().expectMessageClass(ToSession.Drained.class);
    }

    @Test
    void sendsTheOlderSessionAwayWhenThePhoneConnectsElsewhere() {
        bob.optsIn();
        TestProbe<ToSession> first = bob.connects();
        first.expectMessageClass(ToSession.Drained.class);
        bob.connects();

        assertThat(first.expectMessageClass(ToSession.Leave.class).reason()).isEqualTo(CloseReason.REPLACED);
    }

    @Test
    void keepsTheSessionThatThePhoneOpenedLastInWhateverOrderTheyAreHeard() {
        bob.optsIn();
        TestProbe<ToSession> last = bob.connects();
        last.expectMessageClass(ToSession.Drained.class);
        TestProbe<ToSession> givenUp = bob.connectsLate();

        assertThat(givenUp.expectMessageClass(ToSession.Leave.class).reason()).isEqualTo(CloseReason.RESTART);
        bob.send(bob.envelope(), sender());
        last.expectMessageClass(ToSession.Offered.class);
    }

    @Test
    void resumesWhereThePhoneSaysItWas() {
        bob.optsIn();
        TestProbe<Outcome> sender = sender();
        Envelope first = bob.envelope();
        Envelope second = bob.envelope();
        bob.send(first, sender);
        bob.send(second, sender);
        TestProbe<ToSession> phone = bob.connects();
        offered(phone);
        offered(phone);
        bob.disconnects();

        TestProbe<ToSession> again = bob.resumes(1);
        assertThat(offered(again)).isEqualTo(second);
        Outcome.HasEnded ended = sender
                .fishForMessage(
                        Duration.ofSeconds(5),
                        outcome -> outcome instanceof Outcome.HasEnded
                                ? FishingOutcomes.complete()
                                : FishingOutcomes.continueAndIgnore())
                .stream()
                .map(Outcome.HasEnded.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(ended.id()).isEqualTo(first.id());
    }

    @Test
    void lapsesNothingOnAcknowledgementsOfWhatWasNeverOffered() {
        bob.optsIn();
        TestProbe<ToSession> phone = bob.connects();
        phone.expectMessageClass(ToSession.Drained.class);
        bob.acknowledges(7);

        assertThat(phone.expectMessageClass(ToSession.Objected.class).problem().type())
                .isEqualTo(ProblemType.OUT_OF_TURN);
    }

    @Test
    void handsOutOverHttpAndTakesAcknowledgementsById() {
        bob.optsIn();
        TestProbe<Outcome> sender = sender();
        Envelope envelope = bob.envelope();
        TestProbe<DeviceAnswer> poll = TestProbe.create(node().system());
        bob.tell(new Poll(bob.device(), 10, Instant.now().plusSeconds(10), poll.getRef()));
        bob.send(envelope, sender);

        assertThat(poll.expectMessageClass(Polled.class).envelopes()).containsExactly(envelope);
        TestProbe<DeviceAnswer> acknowledged = TestProbe.create(node().system());
        bob.tell(new AcknowledgeIds(bob.device(), List.of(envelope.id()), acknowledged.getRef()));
        acknowledged.expectMessageClass(DeviceAnswer.Concluded.class);
    }

    @Test
    void servesAPollBesideASocket() {
        bob.optsIn();
        TestProbe<ToSession> phone = bob.connects();
        TestProbe<DeviceAnswer> poll = TestProbe.create(node().system());
        bob.tell(new Poll(bob.device(), 10, Instant.now().plusSeconds(10), poll.getRef()));
        Envelope envelope = bob.envelope();
        bob.send(envelope, sender());

        assertThat(poll.expectMessageClass(Polled.class).envelopes()).containsExactly(envelope);
        phone.expectMessageClass(ToSession.Drained.class);
        assertThat(offered(phone)).isEqualTo(envelope);
    }

    @Test
    void takesAnAcknowledgementPastTheShards() {
        bob.optsIn();
        TestProbe<ToSession> phone = bob.connects();
        phone.expectMessageClass(ToSession.Drained.class);
        TestProbe<Outcome> sender = sender();
        bob.send(bob.envelope(), sender);
        bob.acknowledgesPastTheShards(
                phone.expectMessageClass(ToSession.Offered.class).seq());

        assertThat(ended(sender).receipt().state()).isEqualTo(ReceiptState.DELIVERED);
    }

    @Test
    void forgetsEveryReceiptOfABurstThatIsSettledOneByOne() {
        bob.optsIn();
        TestProbe<Outcome> sender = sender();
        List<Envelope> envelopes = Stream.generate(bob::envelope).limit(50).toList();
        envelopes.forEach(envelope -> bob.send(envelope, sender));
        envelopes.forEach(envelope -> sender.expectMessageClass(Outcome.IsHeld.class));
        bob.connects();
        bob.acknowledges(32);
        bob.acknowledges(50);
        envelopes.forEach(envelope -> ended(sender));

        TestProbe<Done> settled = TestProbe.create(node().system());
        envelopes.forEach(envelope -> bob.tell(new Settle(List.of(envelope.id()), settled.getRef(), true)));
        envelopes.forEach(envelope -> settled.expectMessageClass(Done.class));
        bob.tell(new Watch(envelopes.stream().map(Envelope::id).toList(), new Watcher(sender.getRef(), null)));
        envelopes.forEach(envelope -> sender.expectMessageClass(Outcome.IsUnknown.class));
    }

    @Test
    void letsAPhoneFinishWhatItHasWhileSendersAreRefused() {
        bob.optsIn();
        TestProbe<Outcome> sender = sender();
        List<Envelope> envelopes = Stream.generate(bob::envelope).limit(20).toList();
        envelopes.forEach(envelope -> bob.send(envelope, sender));
        envelopes.forEach(envelope -> sender.expectMessageClass(Outcome.IsHeld.class));
        TestProbe<ToSession> phone = bob.connects();
        envelopes.forEach(envelope -> offered(phone));
        phone.expectMessageClass(ToSession.Drained.class);

        TestProbe<Outcome> crowd = sender();
        bob.acknowledges(1);
        for (int i = 0; i < 400; i++) {
            bob.send(bob.envelope(), crowd);
        }
        for (int upto = 2; upto <= envelopes.size(); upto++) {
            bob.acknowledges(upto);
        }

        envelopes.forEach(
                envelope -> assertThat(ended(sender).receipt().state()).isEqualTo(ReceiptState.DELIVERED));
        crowd.fishForMessage(
                Duration.ofSeconds(5),
                message -> message instanceof Outcome.IsRefused
                        ? FishingOutcomes.complete()
                        : FishingOutcomes.continueAndIgnore());
        phone.expectMessageClass(ToSession.Offered.class);
    }

    @Test
    void erasesEverythingOnOptingOutAndTellsSenders() {
        bob.optsIn();
        TestProbe<ToSession> phone = bob.connects();
        TestProbe<Outcome> sender = sender();
        bob.send(bob.envelope(), sender);
        sender.expectMessageClass(Outcome.IsHeld.class);
        TestProbe<DeviceAnswer> gone = TestProbe.create(node().system());
        bob.tell(new OptOut(bob.device(), gone.getRef()));

        gone.expectMessageClass(DeviceAnswer.Concluded.class);
        assertThat(ended(sender).receipt().state()).isEqualTo(ReceiptState.REJECTED);
        assertThat(phone.fishForMessage(
                        Duration.ofSeconds(3),
                        message -> message instanceof ToSession.Leave
                                ? FishingOutcomes.complete()
                                : FishingOutcomes.continueAndIgnore()))
                .isNotEmpty();
    }

    @Test
    void givesAnAddressToOneDeviceOnly() {
        bob.optsIn();
        assertThat(bob.optsInWithAnotherKey()).isInstanceOf(OptInAnswer.Refused.class);
    }

    @Test
    void refusesAloudWhenMoreComesThanItCanPutAside() {
        bob.optsIn();
        TestProbe<Outcome> sender = sender();
        // A thousand commands that write nothing, put aside while it writes, once ended the JVM (Akka 2.8.5).
        for (int i = 0; i < 1_000; i++) {
            bob.send(bob.envelope(), sender);
            bob.tell(new Watch(List.of(bob.envelope().id()), new Watcher(sender.getRef(), null)));
        }
        int answers = 0;
        while (answers < 2_000) {
            sender.receiveMessage(Duration.ofSeconds(20));
            answers++;
        }
        TestProbe<ToSession> phone = bob.connects();
        phone.expectMessageClass(ToSession.Offered.class);
    }

    @Test
    void isNotBroughtToAStandstillByCommandsThatNobodyIsAnsweredFor() {
        bob.optsIn();
        TestProbe<Outcome> sender = sender();
        TestProbe<Done> ignored = TestProbe.create(node().system());
        for (int round = 0; round < 5; round++) {
            bob.send(bob.envelope(), sender);
            for (int i = 0; i < 400; i++) {
                bob.tell(new Settle(List.of(bob.envelope().id()), ignored.getRef(), true));
            }
            sender.expectMessageClass(Outcome.IsHeld.class, Duration.ofSeconds(10));
        }
        bob.connects().expectMessageClass(ToSession.Offered.class);
    }

    @Test
    void answersAPollWithNothingWhenItsTimeIsOver() {
        bob.optsIn();
        TestProbe<DeviceAnswer> poll = TestProbe.create(node().system());
        bob.tell(new Poll(bob.device(), 10, Instant.now().plusMillis(300), poll.getRef()));

        Polled polled = poll.expectMessageClass(Polled.class, Duration.ofSeconds(3));
        assertThat(polled.envelopes()).isEmpty();
        assertThat(polled.drained()).isTrue();
    }

    @Test
    void keepsTheEndOfAMessageThatAnSmsHangsOnEvenIfItWasLive() {
        bob.optsIn();
        TestProbe<ToSession> phone = bob.connects();
        phone.expectMessageClass(ToSession.Drained.class);
        TestProbe<Outcome> sender = sender();
        bob.send(bob.envelope(Duration.ofSeconds(30), Fallback.DEVICE), sender);
        bob.acknowledges(phone.expectMessageClass(ToSession.Offered.class).seq());

        Outcome.HasEnded ended = ended(sender);
        assertThat(ended.receipt().state()).isEqualTo(ReceiptState.DELIVERED);
        assertThat(ended.settle()).isTrue();
    }

    private TestProbe<Outcome> sender() {
        return TestProbe.create(node().system());
    }

    private static Outcome.HasEnded ended(TestProbe<Outcome> sender) {
        return sender.expectMessageClass(Outcome.HasEnded.class, Duration.ofSeconds(5));
    }

    private static Envelope offered(TestProbe<ToSession> phone) {
        return phone.expectMessageClass(ToSession.Offered.class).envelope();
    }
}
