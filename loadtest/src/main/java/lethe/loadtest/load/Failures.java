package lethe.loadtest.load;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What went wrong with connections: the first, and how many. Any thread may add. */
final class Failures {
    private final AtomicReference<@Nullable String> first = new AtomicReference<>();
    private final AtomicInteger count = new AtomicInteger();

    void add(String why) {
        first.compareAndSet(null, why);
        count.incrementAndGet();
    }

    /**
     * Does nothing if nothing failed.
     *
     * @throws IOException that names the first failure
     */
    void check() throws IOException {
        String why = first.get();
        if (why != null) {
            throw new IOException(count + " connections failed; the first: " + why);
        }
    }

    boolean isEmpty() {
        return count.get() == 0;
    }
}
