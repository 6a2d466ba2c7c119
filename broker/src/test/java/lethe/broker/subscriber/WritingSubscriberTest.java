package lethe.broker.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import akka.Done;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import com.typesafe.config.ConfigFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import lethe.broker.TestNode;
import lethe.broker.subscriber.SubscriberCommand.OptInAnswer;
import lethe.broker.subscriber.SubscriberCommand.Revoke;
import lethe.broker.subscriber.SubscriberCommand.Settle;
import lethe.broker.subscriber.SubscriberCommand.Watch;
import lethe.core.consent.Consent;
import lethe.core.consent.Policy;
import lethe.core.consent.Scope;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.SubscriberId;
import lethe.core.identity.SubscriberIds;
import lethe.core.identity.Tag;
import lethe.core.lookup.ListedTag;
import lethe.core.protocol.ProblemType;
import lethe.core.queue.Bounds;
import lethe.core.subscriber.Addressee;
import lethe.core.subscriber.Applicant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a subscriber does with what comes while it writes; the test says how long a write takes. */
class WritingSubscriberTest {
    private static final SubscriberSettings SETTINGS = new SubscriberSettings(
            new Bounds(1_000, 1_048_576, 1),
            Duration.ofMillis(150),
            Duration.ZERO,
            Duration.ofMinutes(1),
            32,
            Duration.ofHours(24),
            1_000_000,
            1_000_000);
    private static final Policy POLICY = TestNode.defaultPolicy();

    private final Person bob = new Person(() -> {
        throw new AssertionError("there is no node");
    });

    private final GivenPressure pressure = new GivenPressure();
    private final Present present = new Present(pressure);
    private ActorTestKit akka;
    private ActorRef<SubscriberCommand> subscriber;
    private TestProbe<Outcome> outcomes;

    @BeforeEach
    void start() {
        HandDrivenStore.reset();
        akka = ActorTestKit.create(ConfigFactory.parseString("""
                                akka.actor.provider = local
                                akka.persistence.journal.plugin = "akka.persistence.journal.inmem"
                                akka.persistence.snapshot-store.plugin = "hand-driven"
                                hand-driven.class = "lethe.broker.subscriber.HandDrivenStore"
                                """)
                .withFallback(ConfigFactory.defaultReference())
                .resolve());
        SubscriberId id = SubscriberIds.under(Opaque.wrap(new byte[32])).of(new Tag(Opaque.wrap(new byte[Tag.LENGTH])));
        subscriber = akka.spawn(Subscriber.create(
                id,
                akka.<ClusterSharding.ShardCommand>createTestProbe().getRef(),
                new Commons(
                        SETTINGS,
                        () -> POLICY,
                        Clock.systemUTC(),
                        stopped -> {},
                        (pid, wanted) -> CompletableFuture.completedFuture(Map.of()),
                        present,
                        pressure,
                        TestNode.limits(),
                        TestNode.reports())));
        outcomes = akka.createTestProbe();
        optIn();
    }

    @AfterEach
    void stop() {
        akka.shutdownTestKit();
    }

    @Test
    void deletesReceiptsThatAreSettledMeanwhileWithOneWrite() {
        List<MessageId> ended = Stream.generate(this::endedMessage).limit(3).toList();
        TestProbe<Done> settled = akka.createTestProbe();
        givenAWriteUnderWay();
        int before = HandDrivenStore.writes();
        ended.forEach(id -> subscriber.tell(new Settle(List.of(id), settled.getRef(), true)));
        HandDrivenStore.confirm();
        confirmNext();

        ended.forEach(id -> settled.expectMessageClass(Done.class));
        assertThat(HandDrivenStore.writes()).isEqualTo(before + 1);
    }

    /** Alone they cost as much as the message did. */
    @Test
    void deletesReceiptsThatNobodyWaitsForWithTheWriteOfSomethingElse() {
        MessageId ended = endedMessage();
        int before = HandDrivenStore.writes();
        subscriber.tell(new Settle(List.of(ended), akka.<Done>createTestProbe().getRef(), false));
        heldMessage();

        assertThat(HandDrivenStore.writes()).isEqualTo(before + 1);
        subscriber.tell(new Watch(List.of(ended), new Watcher(outcomes.getRef(), null)));
        outcomes.expectMessageClass(Outcome.IsUnknown.class);
    }

    @Test
    void answersInOrderOfArrivalWhateverCameDuringWhichWrite() {
        MessageId held = heldMessage();
        List<MessageId> unknown =
                Stream.generate(() -> bob.envelope().id()).limit(4).toList();
        givenAWriteUnderWay();
        TestProbe<Outcome> answers = akka.createTestProbe();
        Watcher asking = new Watcher(answers.getRef(), null);
        subscriber.tell(new Watch(List.of(unknown.get(0)), asking));
        subscriber.tell(new Watch(List.of(unknown.get(1)), asking));
        subscriber.tell(new Revoke(held, asking));
        subscriber.tell(new Watch(List.of(unknown.get(2)), asking));
        HandDrivenStore.confirm();
        awaitWrite();
        subscriber.tell(new Watch(List.of(unknown.get(3)), asking));
        confirmNext();

        assertThat(Stream.generate(() -> answers.receiveMessage().id()).limit(5))
                .containsExactly(unknown.get(0), unknown.get(1), held, unknown.get(2), unknown.get(3));
    }

    /** Nothing of it is kept: the sender still has it. */
    @Test
    void refusesMessagesToAPhoneThatIsThereWhileItsThreadIsBehind() {
        givenAPhone();
        pressure.behind();
        MessageId refused = send();
        expectOverloaded();
        pressure.none();
        subscriber.tell(new Watch(List.of(refused), new Watcher(outcomes.getRef(), null)));
        outcomes.expectMessageClass(Outcome.IsUnknown.class);
    }

    @Test
    void storesMessagesToAPhoneThatIsAwayUntilItsThreadIsFarBehind() {
        pressure.behind();
        heldMessage();
        pressure.farBehind();
        send();
        expectOverloaded();
    }

    private void expectOverloaded() {
        assertThat(outcomes.expectMessageClass(Outcome.IsRefused.class)
                        .problem()
                        .type())
                .isEqualTo(ProblemType.OVERLOADED);
    }

    private void givenAPhone() {
        TestProbe<ToSession> phone = akka.createTestProbe();
        subscriber.tell(bob.attach(Instant.now(), phone));
        phone.expectMessageClass(ToSession.Attached.class);
    }

    private void optIn() {
        TestProbe<OptInAnswer> answer = akka.createTestProbe();
        Opaque signature = Opaque.wrap(new byte[64]);
        Consent consent = new Consent(
                POLICY.epoch(),
                POLICY.textHash(),
                Set.of(Scope.IP),
                Instant.EPOCH,
                bob.device().id(),
                signature);
        subscriber.tell(new SubscriberCommand.OptIn(
                new Applicant(consent, bob.device(), Person.account(bob.device()), Applicant.Proof.SHOWN),
                new ListedTag(1),
                Opaque.wrap(new byte[16]),
                null,
                Applicant.Proof.NONE,
                answer.getRef()));
        answer.expectMessageClass(OptInAnswer.OnFile.class, Duration.ofSeconds(10));
    }

    private MessageId heldMessage() {
        MessageId id = send();
        outcomes.expectMessageClass(Outcome.IsHeld.class);
        return id;
    }

    private MessageId endedMessage() {
        MessageId id = heldMessage();
        subscriber.tell(new Revoke(id, new Watcher(outcomes.getRef(), null)));
        outcomes.expectMessageClass(Outcome.HasEnded.class);
        return id;
    }

    private MessageId send() {
        var envelope = bob.envelope();
        subscriber.tell(
                new SubscriberCommand.Deliver(envelope, Addressee.ONLY, null, 1, new Watcher(outcomes.getRef(), null)));
        return envelope.id();
    }

    private void givenAWriteUnderWay() {
        HandDrivenStore.confirmWhenTold();
        send();
        awaitWrite();
    }

    private static void confirmNext() {
        awaitWrite();
        HandDrivenStore.confirm();
    }

    private static void awaitWrite() {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(HandDrivenStore::isWriting);
    }
}
