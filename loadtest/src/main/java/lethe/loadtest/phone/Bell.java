package lethe.loadtest.phone;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** Rings whenever something happened that somebody may wait for. One for all phones of a run. */
public final class Bell {
    private long rung;

    /** Something happened: whoever waits looks again. */
    public synchronized void ring() {
        rung++;
        notifyAll();
    }

    /**
     * Waits until a condition holds. It is looked at after every ring, outside the lock.
     *
     * @return false if it did not hold within the bound
     */
    public boolean await(BooleanSupplier condition, Duration bound) throws InterruptedException {
        long deadline = System.nanoTime() + bound.toNanos();
        long seen = seen();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() >= deadline) {
                return false;
            }
            seen = ringAfter(seen, deadline);
        }
        return true;
    }

    /**
     * Waits until a condition holds, for as long as something goes on.
     *
     * @param count grows while it does
     * @return false if the condition does not hold, and the count has not grown within the bound
     */
    public boolean awaitProgress(BooleanSupplier condition, IntSupplier count, Duration standstill)
            throws InterruptedException {
        int last;
        do {
            int before = count.getAsInt();
            last = before;
            await(() -> condition.getAsBoolean() || count.getAsInt() > before, standstill);
        } while (!condition.getAsBoolean() && count.getAsInt() > last);
        return condition.getAsBoolean();
    }

    private synchronized long seen() {
        return rung;
    }

    private synchronized long ringAfter(long seen, long deadline) throws InterruptedException {
        long left = deadline - System.nanoTime();
        while (rung == seen && left > 0) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
            left = deadline - System.nanoTime();
        }
        return rung;
    }
}
