package lethe.persistence.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import lethe.core.identity.Opaque;
import lethe.core.lookup.PublishedSet;
import lethe.persistence.cassandra.CassandraSettings;
import lethe.persistence.cassandra.Database;
import lethe.persistence.cassandra.Schema;
import lethe.persistence.local.TestConfig;
import org.jspecify.annotations.Nullable;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;
import org.scalatestplus.junit.JUnitSuite;

/** What was published is found as it was, or not at all. */
public class PublishedTableTest extends JUnitSuite {

    private static final Instant BUILT = Instant.ofEpochMilli(1_795_000_000_000L);
    private static final Duration LIFETIME = Duration.ofHours(1);

    private static Database database;
    private static PublishedTable table;

    private final Random random = new Random();
    private final long epoch = random.nextLong(1, Long.MAX_VALUE);

    @BeforeClass
    public static void open() {
        database =
                await(Database.open(CassandraSettings.from(TestConfig.shared())).thenCompose(Schema::migrate));
        table = await(PublishedTable.prepare(database));
    }

    @AfterClass
    public static void close() {
        database.close();
    }

    @Test
    public void givesBackWhatWasPublishedUnderAnEpochInOrder() {
        var day = put(20_000, null, 1_000_000);
        var second = put(20_000, 2L, 0);
        var first = put(20_000, 1L, 80);
        var next = put(20_001, null, 256 * 1024);

        assertThat(await(table.list(epoch))).containsExactly(day.stored, first.stored, second.stored, next.stored);
        assertThat(await(table.list(epoch - 1))).isEmpty();
        for (var put : new Put[] {day, first, second, next}) {
            assertThat(await(table.load(put.stored.set()))).contains(put.body);
        }
    }

    @Test
    public void theLastOfTwoThatWerePublishedForOneDayCounts() {
        put(20_000, null, 100);
        var last = put(20_000, null, 100);

        assertThat(await(table.list(epoch))).containsExactly(last.stored);
    }

    @Test
    public void givesNoPartOfASetForTheWhole() {
        var set = put(20_000, null, 600_000).stored.set();
        await(database.prepare("DELETE FROM %spublished_part WHERE hash = ? AND part = ?")
                .thenCompose(delete ->
                        database.execute(delete.bind(ByteBuffer.wrap(set.hash().toBytes()), 1))));

        assertThat(await(table.load(set))).isEmpty();
    }

    private record Put(StoredSet stored, Opaque body) {}

    private Put put(long day, @Nullable Long hour, int size) {
        var bytes = new byte[size];
        random.nextBytes(bytes);
        var body = Opaque.wrap(bytes);
        var stored = new StoredSet(new PublishedSet(day, hour, 3, size, PublishedTable.hash(body)), BUILT);
        await(table.put(epoch, stored, body, LIFETIME));
        return new Put(stored, body);
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
