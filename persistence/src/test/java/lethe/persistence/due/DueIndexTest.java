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
import lethe.persistence.local.TestConfig;
import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Test;
import org.scalatestplus.junit.JUnitSuite;

/** What is due is found until it is deleted, also when nobody looked for a while. */
public class DueIndexTest extends JUnitSuite {

    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private static final int LIMIT = 100;

    private static Database database;
    private static DueIndex index;
    private final String pid = "Subscriber|" + System.nanoTime();
    private int slice;

    @BeforeClass
    public static void open() {
        database =
                await(Database.open(CassandraSettings.from(TestConfig.shared())).thenCompose(Schema::migrate));
        index = await(DueIndex.prepare(database, Clock.fixed(NOW, ZoneOffset.UTC)));
    }

    @Before
    public void findSlice() {
        slice = index.slice(pid);
    }

    @AfterClass
    public static void close() {
        database.close();
    }

    @Test
    public void findsWhatIsDueAndNothingElse() {
        var overdue = entry(NOW.minus(Duration.ofHours(5)));
        var due = entry(NOW);
        var later = entry(NOW.plusMillis(1));
        await(index.add(List.of(overdue, due, later), 1));
        assertThat(mine()).containsExactly(overdue, due);
    }

    @Test
    public void findsItAgainUntilItIsDeleted() {
        var due = entry(NOW.minusSeconds(1));
        await(index.add(List.of(due), 1));
        assertThat(mine()).containsExactly(due);
        await(index.delete(mine().get(0)));
        assertThat(mine()).isEmpty();
    }

    @Test
    public void deletesAnEntryThatAFasterClockWrote() {
        var ahead = new DueEntry(pid, NOW, (NOW.toEpochMilli() + 60_000) * 1000);
        await(index.add(List.of(ahead), 1));
        await(index.delete(mine().get(0)));
        assertThat(mine()).isEmpty();
    }

    @Test
    public void looksNoFurtherBackThanItsProgress() {
        var old = entry(NOW.minus(Duration.ofHours(3)));
        var recent = entry(NOW.minusSeconds(1));
        await(index.add(List.of(old, recent), 1));
        await(index.advance(slice, NOW.minus(Duration.ofHours(1))));
        assertThat(await(index.progress(slice))).isEqualTo(NOW.minus(Duration.ofHours(1)));
        assertThat(mine()).containsExactly(recent);
        await(index.advance(slice, NOW.minus(Duration.ofDays(7))));
    }

    @Test
    public void answersWithinTheLimit() {
        await(index.add(List.of(entry(NOW), entry(NOW.minusMillis(1)), entry(NOW.minusMillis(2))), 1));
        assertThat(await(index.scan(slice, NOW, 2))).hasSize(2);
    }

    private List<DueEntry> mine() {
        return await(index.scan(slice, NOW, LIMIT)).stream()
                .filter(entry -> entry.persistenceId().equals(pid))
                .toList();
    }

    private DueEntry entry(Instant at) {
        return new DueEntry(pid, at, NOW.toEpochMilli() * 1000);
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
