package lethe.device.http;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import lethe.client.http.Answer;

/**
 * Many phones that ask a broker for the same, a few at a time, so that a small machine keeps up. A broker that is busy
 * says so, and is asked again.
 *
 * @param atOnce requests under way at most
 * @param pause before a phone asks again
 * @param bound of all together
 */
public record Fleet(int atOnce, Duration pause, Duration bound) {
    private static final int USUAL_AT_ONCE = 16;
    private static final Duration USUAL_PAUSE = Duration.ofMillis(500);

    /** For one phone. */
    private static final int RETRIES = 60;

    /** Sixteen at a time. */
    public static Fleet within(Duration bound) {
        return new Fleet(USUAL_AT_ONCE, USUAL_PAUSE, bound);
    }

    /** The same with more at a time, or fewer. */
    public Fleet atATime(int requests) {
        return new Fleet(requests, pause, bound);
    }

    /**
     * Asks for all of them, and returns when all have what they asked for.
     *
     * @param request how one asks; each time anew
     * @throws IOException if one is refused for good, or all together take longer than the bound
     */
    public <P, T> void ask(List<P> phones, Function<P, CompletionStage<Answer<T>>> request)
            throws IOException, InterruptedException {
        Semaphore turns = new Semaphore(atOnce);
        List<CompletionStage<Answer<T>>> answers = new ArrayList<>();
        long deadline = System.nanoTime() + bound.toNanos();
        for (P phone : phones) {
            if (!turns.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new IOException(answers.size() + " of " + phones.size() + " phones had a turn within " + bound);
            }
            answers.add(ask(() -> request.apply(phone), RETRIES).whenComplete((answer, failure) -> turns.release()));
        }
        for (CompletionStage<Answer<T>> answer : answers) {
            good(answer, deadline);
        }
    }

    private <T> CompletionStage<Answer<T>> ask(Supplier<CompletionStage<Answer<T>>> request, int retries) {
        return request.get()
                .thenCompose(answer -> retries > 0 && isForNow(answer)
                        ? askLater(request, retries - 1)
                        : CompletableFuture.completedFuture(answer));
    }

    private <T> CompletionStage<Answer<T>> askLater(Supplier<CompletionStage<Answer<T>>> request, int retries) {
        Executor later = CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS);
        return CompletableFuture.supplyAsync(() -> ask(request, retries), later).thenCompose(Function.identity());
    }

    private static boolean isForNow(Answer<?> answer) {
        return answer instanceof Answer.Unreachable
                || (answer instanceof Answer.Refused<?> refused
                        && refused.problem().type().retryable());
    }

    /**
     * What was asked once.
     *
     * @throws IOException if it is refused, or takes longer than the bound
     */
    public <T> T await(CompletionStage<Answer<T>> answer) throws IOException, InterruptedException {
        return good(answer, System.nanoTime() + bound.toNanos());
    }

    private static <T> T good(CompletionStage<Answer<T>> stage, long deadline)
            throws IOException, InterruptedException {
        try {
            Answer<T> answer = stage.toCompletableFuture().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (answer instanceof Answer.Good<T> good) {
                return good.value();
            }
            throw new IOException("a phone was refused: " + answer);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IOException("a phone had no answer", failed);
        }
    }
}
