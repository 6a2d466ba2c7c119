package lethe.loadtest.load;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The open loop of one shard: a message is due at equal distances, the pairs in turn, whatever became of those before.
 *
 * <p>When the loop is late it makes up for it at once, and the messages count from when they were due.
 */
final class Pacer implements Runnable {
    private final Shard shard;
    private final double interval;
    private long began;
    private long count;
    private volatile boolean stopped;

    /**
     * One that does not run yet.
     *
     * @param perSecond messages of this shard
     */
    Pacer(Shard shard, double perSecond) {
        this.shard = shard;
        this.interval = 1e9 / perSecond;
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
        long due = next();
        while (due <= now) {
            pairs.get((int) (count % pairs.size())).due(due);
            count++;
            due = next();
        }
        var unused = shard.loop().schedule(this, due - now, TimeUnit.NANOSECONDS);
    }

    private long next() {
        return began + (long) (count * interval);
    }
}
