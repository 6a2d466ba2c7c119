package lethe.broker.sms;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** So many at once; so many more wait, the oldest first. Safe for use by many threads. */
final class Turns {
    private final int atOnce;
    private final int most;
    private final Executor executor;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int underWay;

    /**
     * Of nobody yet.
     *
     * @param most that wait
     * @param executor runs them when it is their turn
     */
    Turns(int atOnce, int most, Executor executor) {
        this.atOnce = atOnce;
        this.most = most;
        this.executor = executor;
    }

    /**
     * Runs it when it is its turn; it has it until it says that it is {@link #over}.
     *
     * @return whether there is room for it
     */
    boolean take(Runnable task) {
        synchronized (this) {
            if (underWay == atOnce) {
                return waiting.size() < most && waiting.add(task);
            }
            underWay++;
        }
        executor.execute(task);
        return true;
    }

    /** One of those that had their turn is over: the next one, if there is any. */
    void over() {
        Runnable next = next();
        if (next != null) {
            executor.execute(next);
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable next = waiting.poll();
        if (next == null) {
            underWay--;
        }
        return next;
    }
}
