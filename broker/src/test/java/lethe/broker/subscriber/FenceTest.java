package lethe.broker.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestProbe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import lethe.broker.TestNode;
import lethe.core.queue.Envelope;
import lethe.persistence.local.SharedCassandra;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two clusters that do not know of each other share one Cassandra: every subscriber may live twice at once. */
class FenceTest {
    private static final String KEYSPACE = SharedCassandra.freshKeyspace("fence");

    @TempDir
    Path data;

    @Test
    void anOlderIncarnationNeverSaysHeldAgainAndLosesNothingThatItHeld() {
        try (TestNode older = start();
                TestNode newer = start()) {
            AtomicReference<TestNode> here = new AtomicReference<>(older);
            Person bob = new Person(here::get);
            bob.optsIn();
            Envelope first = bob.envelope();
            TestProbe<Outcome> atOlder = TestProbe.create(older.system());
            bob.send(first, atOlder);
            atOlder.expectMessageClass(Outcome.IsHeld.class, Duration.ofSeconds(10));

            here.set(newer);
            Envelope second = bob.envelope();
            TestProbe<Outcome> atNewer = TestProbe.create(newer.system());
            bob.send(second, atNewer);
            atNewer.expectMessageClass(Outcome.IsHeld.class, Duration.ofSeconds(10));

            // The zombie still answers, but what it promises must be true.
            here.set(older);
            bob.send(bob.envelope(), atOlder);
            atOlder.expectNoMessage(Duration.ofSeconds(3));

            here.set(newer);
            TestProbe<ToSession> phone = bob.connects();
            assertThat(phone.expectMessageClass(ToSession.Offered.class).envelope())
                    .isEqualTo(first);
            assertThat(phone.expectMessageClass(ToSession.Offered.class).envelope())
                    .isEqualTo(second);
            phone.expectMessageClass(ToSession.Drained.class);
        }
    }

    private TestNode start() {
        return TestNode.start(KEYSPACE, data, Map.of());
    }
}
