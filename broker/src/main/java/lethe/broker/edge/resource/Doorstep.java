package lethe.broker.edge.resource;

import akka.http.javadsl.model.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Where whoever hears no waits for it, equally long whatever was found behind the door: a subscriber that is connected
 * answers sooner than one that has to be read from the store, and one that exists not always as soon as one that does
 * not.
 */
final class Doorstep {
    /** Longer than reading a subscriber takes; what takes longer all the same waits for the next full one. */
    static final Duration STEP = Duration.ofMillis(250);

    private Doorstep() {}

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
        Duration left = left(Duration.ofNanos(now() - since));
        return new CompletableFuture<HttpResponse>().completeOnTimeout(answer, left.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** How long it is to the next full step. */
    static Duration left(Duration passed) {
        return Duration.ofNanos(STEP.toNanos() - passed.toNanos() % STEP.toNanos());
    }
}
