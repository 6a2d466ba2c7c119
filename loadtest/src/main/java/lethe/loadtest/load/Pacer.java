package lethe.loadtest.load;

import java.util.List;

/**
 * The open loop of one shard: messages are due at the times of a {@link Schedule}, the pairs in turn, whatever became
 * of those before.
 *
 * <p>When the loop is late it makes up for it at once, and the messages count from when they were due.
 */
final class Pacer implements Runnable {
    private final Shard shard;
    private final Schedule schedule;
    private long began;
    private long count;
    private volatile boolean stopped;

    Pacer(Shard shard, Schedule schedule) {
        this.shard = shard;
        this.schedule = schedule;
    }

    void begin() {
        began = shard.now();
        run();
    }

    /** From any thread. */
    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        if (stopped) {
            return;
        }
        List<Pair> pairs = shard.pairs();
        long now = shard.now();
        long due = began + schedule.due(count);
        while (due <= now) {
            pairs.get((int) (count % pairs.size())).due(due);
            count++;
            due = began + schedule.due(count);
        }
        shard.later(this, due - now);
    }
}
