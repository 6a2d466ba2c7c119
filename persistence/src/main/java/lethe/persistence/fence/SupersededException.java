package lethe.persistence.fence;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A later incarnation of the entity exists, or its life was erased: whatever this one wanted to store has not happened.
 */
public final class SupersededException extends RuntimeException {

    private static final long serialVersionUID = 1;

    SupersededException(String why) {
        super(why);
    }

    static <T> CompletionStage<T> failed(String why) {
        return CompletableFuture.failedFuture(new SupersededException(why));
    }
}
