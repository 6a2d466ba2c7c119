package lethe.loadtest.load;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One event loop, its pairs, its clock and its meter. Everything but what is said here happens on that loop. */
final class Shard {
    private final EventLoop loop;
    private final Failures failures;
    private final long beginning = System.nanoTime() - 1;
    private final List<Pair> pairs = new ArrayList<>();
    private final List<Connection> unflushed = new ArrayList<>();
    private final Runnable flush = this::flush;
    private Meter meter = new Meter(Meter.Counting.BY_END);

    /** Those before, as far as something that was due in their time may still be done. */
    private final List<Meter> former = new ArrayList<>();

    private boolean countsHeld;
    private boolean givesUp;

    Shard(EventLoop loop, Failures failures) {
        this.loop = loop;
        this.failures = failures;
    }

    EventLoop loop() {
        return loop;
    }

    Failures failures() {
        return failures;
    }

    List<Pair> pairs() {
        return pairs;
    }

    /** Nanoseconds, positive. */
    long now() {
        return System.nanoTime() - beginning;
    }

    Meter meter() {
        return meter;
    }

    /** From now on another meter counts. */
    void measureBy(Meter other) {
        if (meter.waitsForWhatWasDue()) {
            former.add(meter);
        }
        meter = other;
    }

    /** A message is done. */
    void done(long due, long sent) {
        long now = now();
        meter.done(due, sent, now);
        for (Meter one : former) {
            one.done(due, sent, now);
        }
    }

    /** Whether a message is done when it is held: its recipient is away. */
    boolean countsHeld() {
        return countsHeld;
    }

    void countHeld(boolean whether) {
        countsHeld = whether;
    }

    /** Whether what the broker refuses is not sent again. */
    boolean givesUpWhatIsRefused() {
        return givesUp;
    }

    void giveUpWhatIsRefused(boolean whether) {
        givesUp = whether;
    }

    /** Does something on the loop after a while. Nobody waits for it: what it throws is a failure of the run. */
    void later(Runnable task, long nanos) {
        var unused = loop.schedule(() -> attempt(task), nanos, TimeUnit.NANOSECONDS);
    }

    private void attempt(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException defect) {
            failures.add(String.valueOf(defect));
        }
    }

    /** All that is written in one turn of the loop leaves at its end. */
    void flushLater(Connection connection) {
        if (unflushed.isEmpty()) {
            loop.execute(flush);
        }
        unflushed.add(connection);
    }

    private void flush() {
        // What fails while it is flushed may write no more, but others may: by index, not by iterator.
        for (int i = 0; i < unflushed.size(); i++) {
            unflushed.get(i).flush();
        }
        unflushed.clear();
    }
}
