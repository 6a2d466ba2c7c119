package lethe.broker.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.testkit.typed.javadsl.TestProbe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import lethe.broker.TestNode;
import lethe.broker.telemetry.Exposition;
import lethe.core.identity.Opaque;
import lethe.core.queue.Envelope;
import lethe.persistence.local.SharedCassandra;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node tells in numbers while it has something to hide. */
class MeteredNodeTest {
    private final String keyspace = SharedCassandra.freshKeyspace("metered");

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

    private void start() {
        running = TestNode.start(
                keyspace, data, Map.of("lethe.forgetting.escrow", "none", "lethe.retention.audit-every", "1 s"));
    }

    @Test
    void countsWhatIsLostWithAllKeys() {
        start();
        heldForBob();
        assertThat(told().value("lethe_envelopes_lost_total")).isEqualTo("0.0");
        node().crash();
        start();
        bob.connects();

        assertThat(told().value("lethe_envelopes_lost_total")).isEqualTo("1.0");
        assertThat(told().value("lethe_receipts_altered_total")).isEqualTo("0.0");
    }

    @Test
    void countsWhatWaitsAndNamesNobody() {
        start();
        Envelope envelope = heldForBob();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> "1.0".equals(told().value("lethe_retention_rows{kind=\"held\"}")));

        assertThat(told().value("lethe_subscribers_in_memory")).isEqualTo("1.0");
        assertThat(told().value("lethe_retention_overdue{kind=\"held\",reason=\"too_old\"}"))
                .isEqualTo("0.0");
        String text = text().toLowerCase(Locale.ROOT);
        List<Opaque> secrets = List.of(
                bob.tag().bytes(),
                bob.id().bytes(),
                bob.device().id().bytes(),
                envelope.id().bytes(),
                envelope.body());
        assertThat(secrets).allSatisfy(secret -> assertThat(text).doesNotContain(written(secret)));
        assertThat(told().labelValues()).noneMatch(value -> value.matches(".*\\d{3}.*"));
    }

    /** In every way that is usual, in small letters. */
    private static List<String> written(Opaque secret) {
        byte[] bytes = secret.toBytes();
        return List.of(
                HexFormat.of().formatHex(bytes),
                Base64.getEncoder().withoutPadding().encodeToString(bytes).toLowerCase(Locale.ROOT),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).toLowerCase(Locale.ROOT));
    }

    private Envelope heldForBob() {
        bob.optsIn();
        TestProbe<Outcome> sender = TestProbe.create(node().system());
        Envelope envelope = bob.envelope();
        bob.send(envelope, sender);
        sender.expectMessageClass(Outcome.IsHeld.class, Duration.ofSeconds(10));
        return envelope;
    }

    private Exposition told() {
        return new Exposition(text());
    }

    private String text() {
        return node().metrics().text(Exposition.TEXT);
    }
}
