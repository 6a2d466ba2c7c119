package lethe.persistence.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.RequestThrottlingException;
import com.datastax.oss.driver.api.core.connection.BusyConnectionException;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.servererrors.DefaultWriteType;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.OverloadedException;
import com.datastax.oss.driver.api.core.servererrors.ReadTimeoutException;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import com.datastax.oss.driver.api.core.servererrors.WriteTimeoutException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.Test;
import org.scalatestplus.junit.JUnitSuite;

/** A statement is repeated when that may help, for a while. */
public class RetryingTest extends JUnitSuite {

    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final DriverTimeoutException LATE = new DriverTimeoutException("late");

    private static final Node NODE = (Node) Proxy.newProxyInstance(
            Node.class.getClassLoader(), new Class<?>[] {Node.class}, (proxy, method, arguments) -> answer(method));
    private static final DefaultConsistencyLevel QUORUM = DefaultConsistencyLevel.LOCAL_QUORUM;

    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    public void knowsWhatPasses() {
        assertThat(List.of(
                        LATE,
                        new RequestThrottlingException("full"),
                        new NoNodeAvailableException(),
                        AllNodesFailedException.fromErrors(List.of(Map.entry(NODE, new BusyConnectionException(1)))),
                        new OverloadedException(NODE),
                        new UnavailableException(NODE, QUORUM, 2, 1),
                        new ReadTimeoutException(NODE, QUORUM, 1, 2, false),
                        new WriteTimeoutException(NODE, QUORUM, 1, 2, DefaultWriteType.UNLOGGED_BATCH)))
                .allMatch(Retrying::passes);
    }

    @Test
    public void knowsWhatStays() {
        assertThat(List.of(
                        new InvalidQueryException(NODE, "no such table"),
                        new UnauthorizedException(NODE, "not yours"),
                        new IllegalStateException("Session is closed"),
                        new StackOverflowError()))
                .noneMatch(Retrying::passes);
    }

    @Test
    public void pausesTwiceAsLongEachTimeUpToASecond() {
        assertThat(IntStream.rangeClosed(1, 7).mapToObj(failures -> pause(failures, 1)))
                .extracting(Duration::toMillis)
                .containsExactly(50L, 100L, 200L, 400L, 800L, 1000L, 1000L);
        assertThat(pause(1_000_000, 1)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    public void leavesHalfOfAPauseToChance() {
        assertThat(pause(3, 0)).isEqualTo(Duration.ofMillis(100));
        assertThat(pause(3, 0.5)).isEqualTo(Duration.ofMillis(150));
    }

    @Test
    public void beginsNothingAfterItsBound() {
        assertThat(Retrying.pause(9, BOUND.minusMillis(1001), BOUND, 1)).isPresent();
        assertThat(Retrying.pause(9, BOUND.minusMillis(1000), BOUND, 1)).isEmpty();
    }

    @Test
    public void repeatsUntilItSucceeds() {
        assertThat(new Retrying(BOUND).run(() -> failing(3)))
                .succeedsWithin(SOON)
                .isEqualTo(4);
    }

    @Test
    public void knowsAFailureByItsCause() {
        var statement = new Retrying(BOUND).run(() -> failing(1).thenApply(done -> done));
        assertThat(statement).succeedsWithin(SOON).isEqualTo(2);
    }

    @Test
    public void answersWithTheLastFailureWhenItsTimeIsOver() {
        assertThat(new Retrying(Duration.ofMillis(200)).run(() -> failing(1000)))
                .failsWithin(SOON)
                .withThrowableOfType(Exception.class)
                .withCause(LATE);
        assertThat(attempts).hasValueBetween(2, 5);
    }

    @Test
    public void failsAtOnceOfWhatStays() {
        var refused = new InvalidQueryException(NODE, "no such table");
        assertThat(new Retrying(BOUND).run(() -> counted(refused)))
                .failsWithin(SOON)
                .withThrowableOfType(Exception.class)
                .withCause(refused);
        assertThat(attempts).hasValue(1);
    }

    @Test
    public void failsAtOnceWhenTheSessionCloses() {
        var retrying = new Retrying(BOUND);
        retrying.end();
        assertThat(retrying.run(() -> failing(1))).failsWithin(SOON);
        assertThat(attempts).hasValue(1);
    }

    private static Object answer(Method method) {
        return method.getName().equals("hashCode") ? 1 : "a node";
    }

    private static Duration pause(int failures, double chance) {
        return Retrying.pause(failures, Duration.ZERO, BOUND, chance).orElseThrow();
    }

    /** Comes late so many times, and then with the number of the attempt. */
    private CompletionStage<Integer> failing(int times) {
        var attempt = attempts.incrementAndGet();
        return attempt > times ? CompletableFuture.completedFuture(attempt) : CompletableFuture.failedFuture(LATE);
    }

    private CompletionStage<Integer> counted(Throwable failure) {
        attempts.incrementAndGet();
        return CompletableFuture.failedFuture(new CompletionException(failure));
    }
}
