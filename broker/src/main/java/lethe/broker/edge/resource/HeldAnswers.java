package lethe.broker.edge.resource;

import akka.http.javadsl.model.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import lethe.broker.session.Doorstep;

/** Where whoever hears no over HTTP waits for it, as on a socket ({@link Doorstep}). */
final class HeldAnswers {
    private HeldAnswers() {}

    /** The time, for {@link #hold}. */
    static long now() {
        return System.nanoTime();
    }

    /**
     * Gives the answer at the next full step.
     *
     * @param since when the question began to depend on what was behind the door
     */
    static CompletionStage<HttpResponse> hold(HttpResponse answer, long since) {
        Duration left = Doorstep.left(Duration.ofNanos(now() - since));
        return new CompletableFuture<HttpResponse>().completeOnTimeout(answer, left.toNanos(), TimeUnit.NANOSECONDS);
    }
}
