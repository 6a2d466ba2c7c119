package lethe.loadtest.bench;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Durations in microseconds, counted in buckets of at most 1/16 of their value: percentiles are right to 6 %. Any
 * thread may count.
 */
public final class Latencies {
    private static final int SUB_BITS = 4;
    private static final int SUB = 1 << SUB_BITS;
    private static final int BUCKETS = (Long.SIZE - SUB_BITS) * SUB;

    private final AtomicLongArray buckets = new AtomicLongArray(BUCKETS);

    public void count(long micros) {
        buckets.incrementAndGet(bucket(Math.max(0, micros)));
    }

    public long total() {
        long total = 0;
        for (int i = 0; i < BUCKETS; i++) {
            total += buckets.get(i);
        }
        return total;
    }

    /**
     * The least duration in microseconds that this part of all durations does not exceed; 0 if none was counted.
     *
     * @param part from 0 to 1
     */
    public long percentile(double part) {
        long rank = (long) Math.ceil(total() * part);
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += buckets.get(i);
            if (seen >= rank && seen > 0) {
                return upper(i);
            }
        }
        return 0;
    }

    private static int bucket(long micros) {
        if (micros < SUB) {
            return (int) micros;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(micros) - SUB_BITS;
        return (shift + 1) * SUB + (int) (micros >>> shift) - SUB;
    }

    private static long upper(int bucket) {
        if (bucket < SUB) {
            return bucket;
        }
        int shift = bucket / SUB - 1;
        return ((long) (bucket % SUB + SUB + 1) << shift) - 1;
    }
}
