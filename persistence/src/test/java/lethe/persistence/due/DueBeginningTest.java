package lethe.persistence.due;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import lethe.persistence.cassandra.CassandraSettings;
import lethe.persistence.cassandra.Database;
import lethe.persistence.cassandra.Schema;
import lethe.persistence.local.SharedCassandra;
import lethe.persistence.local.TestConfig;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;
import org.scalatestplus.junit.JUnitSuite;

/** Where the first look at a slice begins. */
public class DueBeginningTest extends JUnitSuite {

    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    private static Database database;
    private static DueIndex index;

    @BeforeClass
    public static void open() {
        var settings = CassandraSettings.from(TestConfig.forKeyspace(SharedCassandra.freshKeyspace("beginning")));
        database = await(Database.open(settings).thenCompose(Schema::migrate));
        index = await(DueIndex.prepare(database, Clock.fixed(NOW, ZoneOffset.UTC)));
    }

    @AfterClass
    public static void close() {
        database.close();
    }

    @Test
    public void isTheFirstBucketThatThereIs() {
        var first = NOW.minus(Duration.ofDays(3));
        await(index.add(List.of(new DueEntry("one", first, 1), new DueEntry("one", NOW, 1)), 1));
        assertThat(await(index.progress(index.slice("one")))).isBetween(first.minus(Duration.ofHours(1)), first);
        assertThat(await(index.scan(index.slice("one"), NOW, 10))).hasSize(2);
    }

    @Test
    public void isNowWhenThereIsNothing() {
        assertThat(await(index.progress((index.slice("one") + 1) % index.slices())))
                .isEqualTo(NOW);
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
