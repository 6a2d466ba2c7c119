package lethe.broker.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.testkit.typed.javadsl.TestProbe;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import lethe.broker.TestNode;
import lethe.broker.TestOperator;
import lethe.core.protocol.CloseReason;
import lethe.core.queue.Envelope;
import lethe.core.receipt.ReceiptState;
import lethe.persistence.audit.AuditedKind;
import lethe.persistence.local.SharedCassandra;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was taken under a consent that no longer holds goes, and its senders hear. */
class LapsedConsentTest {
    private final TestOperator operator = new TestOperator();

    @TempDir
    private Path data;

    private final String keyspace = SharedCassandra.freshKeyspace("lapsed");
    private @Nullable TestNode running;
    private final Person bob = new Person(this::node);

    /** Epochs so short that the sweep soon looks at everybody for whom something waits. */
    @BeforeEach
    void start() {
        running = TestNode.start(
                keyspace,
                data,
                Map.of(
                        "lethe.forgetting.epoch",
                        "2 s",
                        "lethe.policy.key",
                        operator.key().bytes().toText()));
    }

    private TestNode node() {
        return Objects.requireNonNull(running);
    }

    @AfterEach
    void stop() {
        node().close();
    }

    @Test
    void isFoundByTheSweep() {
        bob.optsIn();
        TestProbe<Outcome> sender = sender();
        heldForBob(sender);

        raise();

        assertThat(ended(sender)).isEqualTo(ReceiptState.REJECTED);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(rows(AuditedKind.HELD)).isZero();
            assertThat(rows(AuditedKind.ENTRY)).isZero();
        });
    }

    @Test
    void isFoundByTheSweepAlsoWhenNobodyIsInMemory() {
        bob.optsIn();
        heldForBob(sender());
        raise();
        node().crash();
        start();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(rows(AuditedKind.HELD)).isZero());
    }

    @Test
    void doesNotReachWhoeverOptsInAnew() {
        bob.optsIn();
        TestProbe<Outcome> sender = sender();
        heldForBob(sender);
        raise();

        bob.optsIn();
        TestProbe<ToSession> phone = bob.connects();

        phone.expectMessageClass(ToSession.Drained.class);
        assertThat(ended(sender)).isEqualTo(ReceiptState.REJECTED);
    }

    @Test
    void goesWhenAPhoneComesThatHasNotAgreedAnew() {
        bob.optsIn();
        TestProbe<Outcome> sender = sender();
        heldForBob(sender);
        raise();

        TestProbe<ToSession> phone = TestProbe.create(node().system());
        bob.tell(bob.attach(Instant.now(), phone));

        assertThat(phone.expectMessageClass(ToSession.Leave.class, Duration.ofSeconds(10))
                        .reason())
                .isEqualTo(CloseReason.NO_CONSENT);
        assertThat(ended(sender)).isEqualTo(ReceiptState.REJECTED);
    }

    @Test
    void goesWhenItsPhoneIsSentAway() {
        bob.optsIn();
        TestProbe<ToSession> phone = bob.connects();
        TestProbe<Outcome> sender = sender();
        bob.send(bob.envelope(), sender);
        phone.expectMessageClass(ToSession.Drained.class);
        phone.expectMessageClass(ToSession.Offered.class);

        raise();
        bob.disconnects();

        assertThat(ended(sender)).isEqualTo(ReceiptState.REJECTED);
    }

    @Test
    void isRejectedWithoutAPhonesWord() {
        bob.optsIn();
        bob.connects();
        raise();

        TestProbe<Outcome> sender = sender();
        bob.send(bob.envelope(), sender);

        assertThat(ended(sender)).isEqualTo(ReceiptState.REJECTED);
    }

    private Envelope heldForBob(TestProbe<Outcome> sender) {
        Envelope envelope = bob.envelope();
        bob.send(envelope, sender);
        sender.expectMessageClass(Outcome.IsHeld.class, Duration.ofSeconds(10));
        return envelope;
    }

    private void raise() {
        assertThat(node().raise(operator.policy(2, "Still off by default."))).isEmpty();
    }

    /** Whether it was called held before or not. */
    private static ReceiptState ended(TestProbe<Outcome> sender) {
        Outcome told = sender.receiveMessage(Duration.ofSeconds(30));
        while (told instanceof Outcome.IsHeld) {
            told = sender.receiveMessage(Duration.ofSeconds(30));
        }
        return ((Outcome.HasEnded) told).receipt().state();
    }

    private long rows(AuditedKind kind) {
        return node().audit()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join()
                .count(kind)
                .rows();
    }

    private TestProbe<Outcome> sender() {
        return TestProbe.create(node().system());
    }
}
