package lethe.persistence.fence;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import lethe.core.subscriber.SubscriberEvent;
import lethe.persistence.cassandra.CassandraSettings;
import lethe.persistence.local.TestConfig;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;
import org.scalatestplus.junit.JUnitSuite;

/** What is stored while Cassandra does not answer is there when it answers again. */
public class OutageTest extends JUnitSuite {

    private static final Duration REQUEST_TIMEOUT = Duration.ofMillis(1500);
    private static final Duration OUTAGE = REQUEST_TIMEOUT.plusMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static Node node;
    private final Given given = new Given(System.nanoTime());

    @BeforeClass
    public static void open() {
        var hasty = ConfigFactory.parseString("lethe.store.request-timeout = " + REQUEST_TIMEOUT.toMillis() + "ms");
        node = Node.open(CassandraSettings.from(hasty.withFallback(TestConfig.shared())), Clock.systemUTC());
    }

    @AfterClass
    public static void close() {
        node.close();
    }

    @Test
    public void delaysSavesAndTheFence() throws IOException {
        var saving = givenOptedIn();
        var row = saving.next(given, 100);
        saving.accept(new SubscriberEvent.Held(List.of(row)));
        var asking = givenOptedIn().pid;
        var claim = node.store.claim(asking).orElseThrow();

        var outage = Outage.begin();
        try {
            var stored = CompletableFuture.allOf(
                    CompletableFuture.runAsync(saving::save),
                    node.store.fence(asking, claim).toCompletableFuture());
            assertThat(outage.endAfter(OUTAGE)).succeedsWithin(PATIENCE);
            assertThat(stored).succeedsWithin(PATIENCE);
        } finally {
            outage.end();
        }
        assertThat(Entity.recover(node, saving.pid).heldIds())
                .containsExactly(row.envelope().id());
    }

    @Test
    public void isNoticedByWhoAsksAndSoIsItsEnd() throws IOException {
        var outage = Outage.begin();
        try {
            assertThat(node.database.answers(REQUEST_TIMEOUT))
                    .succeedsWithin(PATIENCE)
                    .isEqualTo(false);
        } finally {
            outage.end();
        }
        assertThat(node.database.answers(PATIENCE)).succeedsWithin(PATIENCE).isEqualTo(true);
    }

    /** Whether the number was taken all the same, the next recovery finds out. */
    @Test
    public void failsWhatClaimsANumber() throws IOException {
        var outage = Outage.begin();
        try {
            assertThat(node.store.accept(given.persistenceId(), given.optedIn()))
                    .failsWithin(PATIENCE)
                    .withThrowableOfType(Exception.class)
                    .withCauseInstanceOf(DriverTimeoutException.class);
        } finally {
            outage.end();
        }
    }

    private Entity givenOptedIn() {
        var entity = Entity.recover(node, given.persistenceId());
        entity.persist(given.optedIn());
        return entity;
    }
}
