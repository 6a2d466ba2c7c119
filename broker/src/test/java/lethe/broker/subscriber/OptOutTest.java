package lethe.broker.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.Done;
import akka.actor.testkit.typed.javadsl.TestProbe;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import lethe.broker.TestNode;
import lethe.broker.subscriber.SubscriberCommand.DeviceAnswer;
import lethe.broker.subscriber.SubscriberCommand.OptOut;
import lethe.broker.subscriber.SubscriberCommand.Revoke;
import lethe.broker.subscriber.SubscriberCommand.Settle;
import lethe.broker.subscriber.SubscriberCommand.Wake;
import lethe.broker.subscriber.SubscriberCommand.Watch;
import lethe.core.fallback.Fallback;
import lethe.core.queue.Envelope;
import lethe.persistence.audit.AuditedKind;
import lethe.persistence.audit.RetentionReport;
import lethe.persistence.local.SharedCassandra;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of whoever has opted out no table knows anything, once the answer is there. */
class OptOutTest {
    private static final String KEYSPACE = SharedCassandra.freshKeyspace("optout");

    @TempDir
    static Path data;

    private @Nullable TestNode running;
    private final Person bob = new Person(this::node);

    @BeforeEach
    void startNode() {
        // Epochs so short that what waits has a row of newer keys at once.
        running = TestNode.start(
                KEYSPACE, data, Map.of("lethe.forgetting.epoch", "2 s", "lethe.subscriber.hold-window", "150 ms"));
    }

    @AfterEach
    void stopNode() {
        node().close();
    }

    private TestNode node() {
        return Objects.requireNonNull(running);
    }

    @Test
    void leavesNothingOfConsentMessagesKeysReceiptsAndDueEntries() {
        Envelope delivered = givenRowsOfEveryKind();
        optsOut();

        assertThat(audit().rows()).isZero();
        TestProbe<Outcome> later = sender();
        bob.tell(new Watch(List.of(delivered.id()), new Watcher(later.getRef(), null)));
        later.expectMessageClass(Outcome.IsUnknown.class);
    }

    @Test
    void leavesNothingOfIncarnationsBeforeThePresentOne() {
        givenRowsOfEveryKind();
        node().crash();
        startNode();
        TestProbe<Outcome> sender = sender();
        bob.send(bob.envelope(), sender);
        sender.expectMessageClass(Outcome.IsHeld.class, Duration.ofSeconds(10));
        optsOut();

        assertThat(audit().rows()).isZero();
    }

    @Test
    void staysGoneWhateverComesAfterwards() {
        Envelope delivered = givenRowsOfEveryKind();
        optsOut();

        TestProbe<Outcome> late = sender();
        TestProbe<Done> done = done();
        bob.send(bob.envelope(), late);
        bob.tell(new Watch(List.of(delivered.id()), new Watcher(late.getRef(), null)));
        bob.tell(new Revoke(delivered.id(), new Watcher(late.getRef(), null)));
        bob.tell(new Settle(List.of(delivered.id()), done.getRef(), true));
        bob.tell(new Wake(Instant.now(), done.getRef()));
        for (int answer = 0; answer < 2; answer++) {
            done.expectMessageClass(Done.class, Duration.ofSeconds(10));
        }
        TestProbe<DeviceAnswer> again = answers();
        bob.tell(new OptOut(bob.device(), again.getRef()));
        again.expectMessageClass(DeviceAnswer.Denied.class, Duration.ofSeconds(10));
        assertThat(audit().rows()).isZero();
    }

    @Test
    void leavesNothingOfManyWhoComeAndGo() {
        for (int round = 0; round < 20; round++) {
            Person somebody = new Person(this::node);
            somebody.optsIn();
            TestProbe<Outcome> sender = sender();
            // Each is due before the one before: its entry in the due index is replaced.
            for (int seconds = 40; seconds > 10; seconds -= 10) {
                somebody.send(somebody.envelope(Duration.ofSeconds(seconds), Fallback.DEVICE), sender);
                sender.expectMessageClass(Outcome.IsHeld.class, Duration.ofSeconds(10));
            }
            optsOut(somebody);
        }

        assertThat(audit().rows()).isZero();
    }

    /** Gives back a message whose receipt is not settled. */
    private Envelope givenRowsOfEveryKind() {
        bob.optsIn();
        TestProbe<Outcome> sender = sender();
        Envelope first = bob.envelope();
        for (Envelope envelope : List.of(first, bob.envelope(), bob.envelope())) {
            bob.send(envelope, sender);
            sender.expectMessageClass(Outcome.IsHeld.class, Duration.ofSeconds(10));
        }
        TestProbe<ToSession> phone = bob.connects();
        bob.acknowledges(phone.expectMessageClass(ToSession.Offered.class).seq());
        sender.expectMessageClass(Outcome.HasEnded.class, Duration.ofSeconds(10));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(audit().count(AuditedKind.KEYS).rows()).isPositive());
        RetentionReport report = audit();
        for (AuditedKind kind : List.of(
                AuditedKind.HEAD, AuditedKind.HELD, AuditedKind.RECEIPT, AuditedKind.NUMBER, AuditedKind.ENTRY)) {
            assertThat(report.count(kind).rows()).as(kind.word()).isPositive();
        }
        assertThat(report.overdue()).isZero();
        return first;
    }

    private void optsOut() {
        optsOut(bob);
    }

    private void optsOut(Person person) {
        TestProbe<DeviceAnswer> gone = answers();
        person.tell(new OptOut(person.device(), gone.getRef()));
        gone.expectMessageClass(DeviceAnswer.Concluded.class, Duration.ofSeconds(20));
    }

    private TestProbe<DeviceAnswer> answers() {
        return TestProbe.create(node().system());
    }

    private RetentionReport audit() {
        return node().audit()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    private TestProbe<Done> done() {
        return TestProbe.create(node().system());
    }

    private TestProbe<Outcome> sender() {
        return TestProbe.create(node().system());
    }
}
