package lethe.broker.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.testkit.typed.javadsl.TestProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import lethe.broker.TestNode;
import lethe.broker.subscriber.SubscriberCommand.Watch;
import lethe.core.identity.Opaque;
import lethe.core.queue.Envelope;
import lethe.core.receipt.ReceiptState;
import lethe.persistence.local.SharedCassandra;
import lethe.persistence.seal.Epochs;
import lethe.persistence.seal.FileEscrow;
import lethe.persistence.seal.InstallationKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose epochs are short. */
class ForgetfulNodeTest {
    private final String keyspace = SharedCassandra.freshKeyspace("forgetful");

    @TempDir
    private Path data;

    private @Nullable TestNode running;
    private final Person bob = new Person(this::node);

    private TestNode node() {
        return Objects.requireNonNull(running);
    }

    @AfterEach
    void stop() {
        node().close();
    }

    private void start(String escrow) {
        running = TestNode.start(
                keyspace, data, Map.of("lethe.forgetting.epoch", "2 s", "lethe.forgetting.escrow", escrow));
    }

    @Test
    void forgetsTheKeysUnderWhichAMessageWasStoredAndStillHasIt() throws IOException {
        start("file");
        Envelope envelope = heldForBob();
        Set<Long> first = keysInEscrow();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> keysInEscrow().stream().noneMatch(first::contains));
        node().crash();
        start("file");

        TestProbe<ToSession> phone = bob.connects();
        assertThat(phone.expectMessageClass(ToSession.Offered.class).envelope()).isEqualTo(envelope);
    }

    @Test
    void saysThatAMessageIsLostWithAllKeysAndTakesItAgain() {
        start("none");
        Envelope envelope = heldForBob();
        node().crash();
        start("none");
        TestProbe<Outcome> sender = TestProbe.create(node().system());
        bob.tell(new Watch(List.of(envelope.id()), new Watcher(sender.getRef(), null)));
        assertThat(sender.expectMessageClass(Outcome.HasEnded.class, Duration.ofSeconds(10))
                        .receipt()
                        .state())
                .isEqualTo(ReceiptState.LOST);

        bob.send(envelope, sender);
        sender.expectMessageClass(Outcome.IsHeld.class);
        TestProbe<ToSession> phone = bob.connects();
        assertThat(phone.expectMessageClass(ToSession.Offered.class).envelope()).isEqualTo(envelope);
    }

    private Envelope heldForBob() {
        bob.optsIn();
        TestProbe<Outcome> sender = TestProbe.create(node().system());
        Envelope envelope = bob.envelope();
        bob.send(envelope, sender);
        sender.expectMessageClass(Outcome.IsHeld.class, Duration.ofSeconds(10));
        return envelope;
    }

    private InstallationKey installation() throws IOException {
        return InstallationKey.of(Opaque.wrap(Files.readAllBytes(data.resolve("identity.key"))));
    }

    private Set<Long> keysInEscrow() throws IOException {
        try (FileEscrow escrow = FileEscrow.open(
                data.resolve("escrow").resolve("epochs"), new Epochs(Duration.ofSeconds(2)), installation())) {
            return escrow.recall().keySet();
        }
    }
}
