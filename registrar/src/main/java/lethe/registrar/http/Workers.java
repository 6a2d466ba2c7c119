package lethe.registrar.http;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that answer requests, and those that wait for them: a bounded number of both. */
final class Workers implements AutoCloseable {
    private static final int LAST_ANSWERS = 2;

    private final ExecutorService threads;

    Workers(Limits limits) {
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                limits.working(),
                limits.working(),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(limits.waiting()),
                task -> {
                    Thread thread = new Thread(task, "worker-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Whether the task is taken; it is not when as many wait as may. */
    boolean take(Runnable task) {
        try {
            threads.execute(task);
            return true;
        } catch (RejectedExecutionException full) {
            return false;
        }
    }

    /** Drops what waits, and gives what is being answered a moment. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(LAST_ANSWERS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
