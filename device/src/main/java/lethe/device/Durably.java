package lethe.device;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Runs what a client is asked for on its strand, and answers once all that came of it is on the disk.
 *
 * @param custodian of the same client
 */
record Durably(Strand strand, Custodian custodian) {
    <T> CompletionStage<T> answer(Supplier<T> task) {
        CompletableFuture<T> done = new CompletableFuture<>();
        strand.execute(() -> {
            T answer = task.get();
            custodian.onceWritten(() -> done.complete(answer));
        });
        return done;
    }

    /** The same with an answer that is known before. */
    <T> CompletionStage<T> answer(T value, Runnable task) {
        return answer(() -> {
            task.run();
            return value;
        });
    }
}
