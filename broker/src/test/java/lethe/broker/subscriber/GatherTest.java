package lethe.broker.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import akka.Done;
import akka.actor.testkit.typed.javadsl.TestProbe;
import com.datastax.oss.driver.api.core.CqlSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lethe.broker.TestNode;
import lethe.broker.subscriber.SubscriberCommand.Settle;
import lethe.core.queue.Envelope;
import lethe.persistence.local.SharedCassandra;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes in a burst is written at once: each save leaves its number in the rows that it wrote. */
class GatherTest {
    private static final String KEYSPACE = SharedCassandra.freshKeyspace("gather");
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    private Path data;

    private TestNode node;
    private CqlSession cassandra;

    @BeforeEach
    void start() {
        node = TestNode.start(
                KEYSPACE, data, Map.of("lethe.subscriber.gather", "1 s", "lethe.subscriber.hold-window", "2 s"));
        cassandra = CqlSession.builder()
                .addContactPoint(SharedCassandra.get().address())
                .withLocalDatacenter("datacenter1")
                .build();
    }

    @AfterEach
    void stop() {
        cassandra.close();
        node.close();
    }

    @Test
    void storesABurstWithOneSaveAndItsSettlementsWithAnother() {
        Person bob = new Person(() -> node);
        bob.optsIn();
        TestProbe<Outcome> sender = TestProbe.create(node.system());
        List<Envelope> burst = Stream.generate(bob::envelope).limit(20).toList();
        burst.forEach(envelope -> bob.send(envelope, sender));
        burst.forEach(envelope -> sender.expectMessageClass(Outcome.IsHeld.class, SOON));
        Set<Long> saves = savesOfWhatIsHeld();
        assertThat(saves).hasSize(1);

        bob.connects();
        bob.acknowledges(burst.size());
        burst.forEach(envelope -> sender.expectMessageClass(Outcome.HasEnded.class, SOON));
        long ended = lastSave();
        TestProbe<Done> settled = TestProbe.create(node.system());
        burst.forEach(envelope -> bob.tell(new Settle(List.of(envelope.id()), settled.getRef(), true)));
        burst.forEach(envelope -> settled.expectMessageClass(Done.class, SOON));

        assertThat(lastSave()).isEqualTo(ended + 1);
    }

    private Set<Long> savesOfWhatIsHeld() {
        return cassandra.execute("SELECT kind, sequence FROM " + KEYSPACE + ".subscriber").all().stream()
                .filter(row -> row.getByte("kind") == 3)
                .map(row -> row.getLong("sequence"))
                .collect(Collectors.toSet());
    }

    private long lastSave() {
        return cassandra.execute("SELECT kind, sequence FROM " + KEYSPACE + ".subscriber").all().stream()
                .filter(row -> row.getByte("kind") == 1)
                .mapToLong(row -> row.getLong("sequence"))
                .max()
                .orElseThrow();
    }
}
