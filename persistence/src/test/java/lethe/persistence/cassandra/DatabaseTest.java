package lethe.persistence.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import lethe.persistence.local.TestConfig;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;
import org.scalatestplus.junit.JUnitSuite;

/** A session through which one statement goes at a time, and one may wait. */
public class DatabaseTest extends JUnitSuite {

    private static Database database;

    @BeforeClass
    public static void open() {
        var narrow = ConfigFactory.parseString("lethe.store { max-concurrent-requests = 1, max-waiting-requests = 1 }");
        var settings = CassandraSettings.from(narrow.withFallback(TestConfig.shared()));
        database = await(Database.open(settings).thenCompose(Schema::migrate));
    }

    @AfterClass
    public static void close() {
        database.close();
    }

    @Test
    public void writesInTimeWhatIsTooMuchAtOnce() {
        var pid = "Database|" + System.nanoTime();
        var insert = await(database.prepare("INSERT INTO %sjournal (pid, sequence, writer) VALUES (?, ?, 'a')"));
        var writes = LongStream.range(0, 50)
                .mapToObj(sequence -> List.of(Write.small(insert.bind(pid, sequence))))
                .map(write -> database.write(write).toCompletableFuture())
                .toArray(CompletableFuture[]::new);
        await(CompletableFuture.allOf(writes));
        var select = await(database.prepare("SELECT sequence FROM %sjournal WHERE pid = ?"));
        assertThat(await(database.collect(select.bind(pid).setPageSize(7)))).hasSize(50);
    }

    @Test
    public void doesNotRepeatWhatCassandraRefuses() {
        var wrong = SimpleStatement.newInstance("SELECT nothing FROM shared.journal");
        assertThat(database.execute(wrong.setIdempotent(true)))
                .failsWithin(database.settings().retryWithin().dividedBy(2))
                .withThrowableOfType(Exception.class)
                .withCauseInstanceOf(InvalidQueryException.class);
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
