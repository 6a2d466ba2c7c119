package lethe.persistence.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import lethe.persistence.local.TestConfig;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;
import org.scalatestplus.junit.JUnitSuite;

/** A session with the real Cassandra. */
public class DatabaseTest extends JUnitSuite {

    private static Database database;

    @BeforeClass
    public static void open() {
        var settings = CassandraSettings.from(TestConfig.shared());
        database = await(Database.open(settings).thenCompose(Schema::migrate));
    }

    @AfterClass
    public static void close() {
        database.close();
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
