package lethe.broker.loops;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** For how long the garbage collector has stopped everything, in all, in nanoseconds; exact to a millisecond. */
final class Pauses implements LongSupplier {
    private final List<GarbageCollectorMXBean> stopping = ManagementFactory.getGarbageCollectorMXBeans().stream()
            .filter(collector -> stops(collector.getName()))
            .toList();

    /** G1, ZGC and Shenandoah tell what they do beside the program under names of their own. */
    static boolean stops(String collector) {
        return !collector.endsWith("Cycles") && !collector.endsWith("Concurrent GC");
    }

    @Override
    public long getAsLong() {
        long millis = 0;
        for (GarbageCollectorMXBean collector : stopping) {
            millis += Math.max(0, collector.getCollectionTime());
        }
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
