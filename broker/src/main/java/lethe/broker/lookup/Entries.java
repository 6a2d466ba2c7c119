package lethe.broker.lookup;

import java.util.Arrays;
import java.util.function.LongConsumer;

/** Entries as they come in, up to a bound. Used by one thread at a time. */
final class Entries implements LongConsumer {
    private static final int FIRST_ROOM = 1024;

    private final int most;
    private long[] entries = new long[FIRST_ROOM];
    private int count;
    private boolean overflowed;

    Entries(int most) {
        this.most = most;
    }

    @Override
    public void accept(long entry) {
        if (count == most) {
            overflowed = true;
            return;
        }
        if (count == entries.length) {
            entries = Arrays.copyOf(entries, Math.min(most, 2 * count));
        }
        entries[count] = entry;
        count++;
    }

    /** Whether there were more. */
    boolean hasOverflowed() {
        return overflowed;
    }

    /** In the order in which they came. */
    long[] toArray() {
        return Arrays.copyOf(entries, count);
    }
}
