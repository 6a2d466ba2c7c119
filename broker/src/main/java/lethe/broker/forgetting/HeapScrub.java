package lethe.broker.forgetting;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.ref.SoftReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Overwrites what the garbage collector leaves behind. It moves together what is alive and forgets the rest, but does
 * not overwrite it: on a quiet broker, messages and keys that nobody can reach any more lie in free memory for hours.
 *
 * <p>Knows the heaps of the parallel and the serial collector, in which what is free of a generation is one piece. With
 * others it only collects. Meant for generations of fixed sizes: collections in quick succession make the parallel
 * collector enlarge them, if it may.
 */
final class HeapScrub {
    private static final long LITTLE = 64 << 10;

    /** Too large to be copied in the buffers of the collector's threads, of which a part stays as it was. */
    private static final int SMALL = 16 << 10;

    /** For each survivor space once around eden, with gaps between buffers of threads in different places. */
    private static final int[] PIECES = {SMALL, 512 << 10};

    private static final long BREATH = 1 << 20;
    private static final int BREATHS_IN_A_REST = 256;

    /** A survivor space is a sixth of eden. */
    private static final int MORE_THAN_SURVIVES = 4;

    private final @Nullable MemoryPoolMXBean eden = pool("Eden Space");
    private final @Nullable MemoryPoolMXBean old = pool("Old Gen", "Tenured Gen");

    private final Duration rest;

    /** Written so that the compiler leaves no allocation out. */
    @SuppressWarnings("UnusedVariable")
    private volatile byte @Nullable [] sink;

    /**
     * One that stops everything for a few collections, one after the other.
     *
     * @param rest between them, so that the work of one stop is done before the next, and again in small parts while
     *     memory is filled, which would else take a processor for itself
     */
    HeapScrub(Duration rest) {
        this.rest = rest;
    }

    /** Collects, and overwrites all that is free then. Blocks. */
    void run() {
        System.gc();
        if (eden != null && old != null) {
            LockSupport.parkNanos(rest.toNanos());
            // Softly: should memory become scarce, these go first.
            List<SoftReference<byte[]>> fillers = new ArrayList<>();
            overwrite(fillers, eden.getUsage().getCommitted(), onceUsed(old));
            fillers.clear();
            LockSupport.parkNanos(rest.toNanos());
            System.gc();
            old.resetPeakUsage();
        }
    }

    /** Leaves the processor to others, once for each {@link #BREATH}. */
    private void breathe(long at, int piece) {
        if (at % BREATH < piece) {
            LockSupport.parkNanos(rest.toNanos() / BREATHS_IN_A_REST);
        }
    }

    private static long onceUsed(MemoryPoolMXBean tenured) {
        return Math.max(0, tenured.getPeakUsage().getUsed() - tenured.getUsage().getUsed());
    }

    /**
     * Fills all that has been used.
     *
     * @param fillers gets what shall stay until all is filled
     * @param young all of eden, in bytes
     * @param tenured free in the old generation, and once was not
     */
    private void overwrite(List<SoftReference<byte[]>> fillers, long young, long tenured) {
        // What needs more than half of eden begins its life in the old generation.
        int large = (int) Math.min(Integer.MAX_VALUE - LITTLE, young / 2 + LITTLE);
        long left = tenured + LITTLE;
        for (; left > large; left -= large) {
            fillers.add(new SoftReference<>(new byte[large]));
        }
        for (int piece : PIECES) {
            // What survives is copied through a survivor space, another one each time, into the old generation.
            for (left = Math.max(left, young / MORE_THAN_SURVIVES); left > 0; left -= SMALL) {
                fillers.add(new SoftReference<>(new byte[SMALL]));
                breathe(left, SMALL);
            }
            for (long churned = 0; churned < young; churned += piece) {
                sink = new byte[piece];
                breathe(churned, piece);
            }
        }
        sink = null;
    }

    private static @Nullable MemoryPoolMXBean pool(String... ends) {
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            for (String end : ends) {
                if (pool.getName().endsWith(end) && !pool.getName().startsWith("G1")) {
                    return pool;
                }
            }
        }
        return null;
    }
}
