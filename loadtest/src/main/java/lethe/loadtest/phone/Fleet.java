package lethe.loadtest.phone;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import lethe.device.http.Answer;

/** Opts many phones in at once, a few at a time, so that a small machine keeps up. */
public final class Fleet {
    private static final int AT_ONCE = 16;

    private Fleet() {}

    /**
     * Opts all in.
     *
     * @param optIn how one opts in
     * @throws IOException if one was refused, or it takes longer than the bound
     */
    public static <P, T> void optIn(List<P> phones, Function<P, CompletionStage<Answer<T>>> optIn, Duration bound)
            throws IOException, InterruptedException {
        optIn(phones, optIn, AT_ONCE, bound);
    }

    /** As the other, for a given number at a time. */
    public static <P, T> void optIn(
            List<P> phones, Function<P, CompletionStage<Answer<T>>> optIn, int atOnce, Duration bound)
            throws IOException, InterruptedException {
        Semaphore turns = new Semaphore(atOnce);
        List<CompletionStage<Answer<T>>> answers = new ArrayList<>();
        long deadline = System.nanoTime() + bound.toNanos();
        for (P phone : phones) {
            if (!turns.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new IOException(answers.size() + " of " + phones.size() + " phones opted in within " + bound);
            }
            answers.add(optIn.apply(phone).whenComplete((answer, failure) -> turns.release()));
        }
        for (CompletionStage<Answer<T>> answer : answers) {
            check(answer, deadline);
        }
    }

    private static <T> void check(CompletionStage<Answer<T>> stage, long deadline)
            throws IOException, InterruptedException {
        try {
            Answer<T> answer = stage.toCompletableFuture().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (!(answer instanceof Answer.Good)) {
                throw new IOException("a phone could not opt in: " + answer);
            }
        } catch (ExecutionException | TimeoutException failed) {
            throw new IOException("a phone could not opt in", failed);
        }
    }
}
