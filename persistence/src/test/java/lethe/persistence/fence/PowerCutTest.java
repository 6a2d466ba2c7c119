package lethe.persistence.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import lethe.persistence.cassandra.CassandraSettings;
import lethe.persistence.local.Endpoint;
import lethe.persistence.local.LocalCassandra;
import lethe.persistence.local.LocalCassandraSettings;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.scalatestplus.junit.JUnitSuite;

/** What was acknowledged is there after Cassandra was killed without warning, and is soon found again. */
public class PowerCutTest extends JUnitSuite {

    private static final Duration SOON = Duration.ofSeconds(5);

    private final Given given = new Given(System.nanoTime());
    private Path directory = Path.of("");

    @Before
    public void createDirectory() throws IOException {
        directory = Files.createTempDirectory("lethe-powercut-");
    }

    @After
    public void erase() throws IOException {
        try (var below = Files.walk(directory)) {
            for (var path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Test
    public void isSurvivedByWhatWasAcknowledgedAndByTheSessionAndLeavesNoServerBehind()
            throws IOException, InterruptedException {
        var pid = given.persistenceId();
        var settings = LocalCassandraSettings.in(directory, Endpoint.free()).withQuickJit();
        var cassandra = LocalCassandra.start(settings);
        Entity entity;
        LocalCassandra again;
        try (var node = Node.open(store(cassandra), Clock.systemUTC())) {
            entity = Entity.recover(node, pid);
            entity.persist(given.optedIn());
            for (int i = 0; i < 20; i++) {
                entity.hold(given, 1000);
            }
            cassandra.kill();
            assertThat(Node.await(node.database.answers(SOON))).isFalse();
            again = LocalCassandra.start(settings);
            await().atMost(SOON).until(() -> Node.await(node.database.answers(SOON)));
        }
        try (var node = Node.open(store(again), Clock.systemUTC())) {
            assertThat(Entity.recover(node, pid).heldIds())
                    .isEqualTo(entity.heldIds())
                    .hasSize(20);
        }
        var server = again.server();
        again.watcher().destroyForcibly();
        await().atMost(Duration.ofSeconds(30)).until(() -> !server.isAlive());
        again.close();
    }

    private static CassandraSettings store(LocalCassandra cassandra) {
        return CassandraSettings.from(ConfigFactory.parseMap(Map.of(
                        "lethe.store.contact-points",
                        List.of(cassandra.endpoint().toString())))
                .withFallback(ConfigFactory.load()));
    }
}
