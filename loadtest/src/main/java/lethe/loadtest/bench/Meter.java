package lethe.loadtest.bench;

import java.util.concurrent.atomic.LongAdder;

/** Counts what ends while it is on. */
final class Meter {
    private final LongAdder delivered = new LongAdder();
    private final LongAdder otherEnds = new LongAdder();
    private final Latencies latencies = new Latencies();
    private volatile boolean on;
    private volatile boolean stopped;

    /** One message ended. Answers whether the next shall be sent. */
    boolean ended(boolean wasDelivered, long micros) {
        if (on) {
            (wasDelivered ? delivered : otherEnds).increment();
            latencies.count(micros);
        }
        return !stopped;
    }

    void begin() {
        on = true;
    }

    /** No more is counted, and no more is sent. */
    void stop() {
        on = false;
        stopped = true;
    }

    long delivered() {
        return delivered.sum();
    }

    long otherEnds() {
        return otherEnds.sum();
    }

    Latencies latencies() {
        return latencies;
    }
}
