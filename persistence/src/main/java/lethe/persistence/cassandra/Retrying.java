package lethe.persistence.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.RequestThrottlingException;
import com.datastax.oss.driver.api.core.servererrors.QueryExecutionException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The repetition of a statement that Cassandra did not carry out for a reason that passes: no answer in time, a node
 * that is away, more at once than it can take.
 *
 * <p>Pauses of 50 ms, doubled up to 1 s, half of each left to chance; the last repetition begins within a bound. Only
 * for statements that may happen twice: a failure does not say whether it happened. Never blocks.
 */
final class Retrying {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final Duration within;
    private volatile boolean ended;

    Retrying(Duration within) {
        this.within = within;
    }

    /** Starts a statement, and again while it fails for a reason that passes; its last failure is final. */
    <T> CompletionStage<T> run(Supplier<CompletionStage<T>> statement) {
        return attempt(statement, 0, System.nanoTime());
    }

    /** The session closes: from now on every failure is final. */
    void end() {
        ended = true;
    }

    /** Whether the same statement may succeed a little later. One that Cassandra refuses as wrong stays wrong. */
    static boolean passes(Throwable failure) {
        return failure instanceof DriverTimeoutException
                || failure instanceof RequestThrottlingException
                // Says of every node that it is away, busy or stopping; the driver reports other errors as themselves.
                || failure instanceof AllNodesFailedException
                || failure instanceof QueryExecutionException;
    }

    /**
     * The pause before the next attempt; empty when that would begin too late.
     *
     * @param failures so far, at least one
     * @param elapsed since the first attempt began
     * @param within which the next one must begin
     * @param chance from 0 to 1: what failed together does not come back together
     */
    static Optional<Duration> pause(int failures, Duration elapsed, Duration within, double chance) {
        var doublings = Math.min(failures - 1, 10);
        var longest = Math.min(FIRST_PAUSE.toNanos() << doublings, LONGEST_PAUSE.toNanos());
        var pause = Duration.ofNanos((long) (longest * (1 + chance) / 2));
        return elapsed.plus(pause).compareTo(within) < 0 ? Optional.of(pause) : Optional.empty();
    }

    private <T> CompletionStage<T> attempt(Supplier<CompletionStage<T>> statement, int failures, long began) {
        return statement.get().exceptionallyCompose(thrown -> {
            var failure = cause(thrown);
            return passes(failure) && !ended
                    ? again(statement, failures + 1, began, failure)
                    : CompletableFuture.failedFuture(failure);
        });
    }

    private <T> CompletionStage<T> again(
            Supplier<CompletionStage<T>> statement, int failures, long began, Throwable failure) {
        var elapsed = Duration.ofNanos(System.nanoTime() - began);
        var chance = ThreadLocalRandom.current().nextDouble();
        return pause(failures, elapsed, within, chance)
                .<CompletionStage<T>>map(pause -> CompletableFuture.runAsync(() -> {}, after(pause))
                        .thenCompose(paused -> attempt(statement, failures, began)))
                .orElseGet(() -> CompletableFuture.failedFuture(failure));
    }

    /** The JDK's own timer thread: handing a statement to the driver takes it no time. */
    private static Executor after(Duration pause) {
        return CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS, Runnable::run);
    }

    private static Throwable cause(Throwable thrown) {
        var cause = thrown.getCause();
        return thrown instanceof CompletionException && cause != null ? cause : thrown;
    }
}
