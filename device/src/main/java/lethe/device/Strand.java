package lethe.device;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs tasks one at a time, in order, on a shared executor; after each batch of them, one closing task. That is where
 * many small writes become one.
 */
final class Strand implements Executor {
    private static final int MOST_PER_BATCH = 256;

    private final Executor executor;
    private final Runnable afterBatch;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    Strand(Executor executor, Runnable afterBatch) {
        this.executor = executor;
        this.afterBatch = afterBatch;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        schedule();
    }

    private void schedule() {
        if (!tasks.isEmpty() && !scheduled.getAndSet(true)) {
            executor.execute(this::runBatch);
        }
    }

    private void runBatch() {
        try {
            for (int i = 0; i < MOST_PER_BATCH; i++) {
                Runnable task = tasks.poll();
                if (task == null) {
                    break;
                }
                task.run();
            }
            afterBatch.run();
        } finally {
            scheduled.set(false);
            schedule();
        }
    }
}
