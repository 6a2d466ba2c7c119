package lethe.loadtest.load;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import lethe.loadtest.process.Usage;
import org.jspecify.annotations.Nullable;

/**
 * One measurement of what a phone costs that is connected and says nothing: both halves of all pairs are such phones.
 */
public final class IdleRun {
    private static final int FIRST_PAIRS = 10;
    private static final Duration FIRST = Duration.ofSeconds(2);

    private final Target target;
    private final LoadPlan plan;
    private final Heap heap;
    private final Consumer<String> progress;

    /** How much a broker's live objects take. */
    public interface Heap {
        /**
         * Collects garbage, then counts.
         *
         * @return bytes; null if that cannot be known
         */
        @Nullable
        Long bytes() throws IOException, InterruptedException;
    }

    /**
     * Not begun.
     *
     * @param plan how many pairs, and in {@code measure} how long they do nothing before they are counted
     * @param progress told in a line what happens
     */
    public IdleRun(Target target, LoadPlan plan, Heap heap, Consumer<String> progress) {
        this.target = target;
        this.plan = plan;
        this.heap = heap;
        this.progress = progress;
    }

    /**
     * Measures once.
     *
     * @throws IOException if a connection fails, or nobody knows the broker's processes
     */
    public Map<String, @Nullable Object> run() throws IOException, InterruptedException {
        int connections = 2 * plan.pairs();
        Descriptors.require(connections);
        if (target.processes().isEmpty()) {
            throw new IOException("whose memory? Name the broker's processes");
        }
        progress.accept("a few phones first, so that all code is loaded");
        var unused = new LoadRun(
                        target,
                        LoadPlan.closed(Math.min(FIRST_PAIRS, plan.pairs()), 1, plan.payloadBytes(), FIRST, FIRST),
                        progress)
                .run();
        Long heapBefore = heap.bytes();
        Usage before = Usage.of(target.processes());
        progress.accept("preparing " + connections + " phones");
        target.prepare(plan.pairs(), plan.payloadBytes());
        try (Swarm swarm = new Swarm(target, plan)) {
            progress.accept("connecting");
            swarm.connectRecipients();
            swarm.connectSenders();
            progress.accept("waiting for " + plan.measure().toSeconds() + " s");
            Usage connected = Usage.of(target.processes());
            swarm.pause(plan.measure());
            Usage idle = Usage.of(target.processes()).since(connected);
            Long heapAfter = heap.bytes();
            Usage after = Usage.of(target.processes());
            swarm.pause(Duration.ofMillis(1));
            Map<String, @Nullable Object> line = new LinkedHashMap<>();
            line.put("bench", "idle");
            line.put("target", target.name());
            line.put("version", target.version());
            line.put("connections", connections);
            line.put("seconds", plan.measure().toSeconds());
            line.put(
                    "heap_bytes_per_connection",
                    heapBefore == null || heapAfter == null ? null : (heapAfter - heapBefore) / connections);
            line.put("rss_bytes_per_connection", (after.residentBytes() - before.residentBytes()) / connections);
            line.put("heap_mb", heapAfter == null ? null : heapAfter / 1_000_000);
            line.put("rss_mb", after.residentBytes() / 1_000_000);
            line.put(
                    "broker_cpu_ms_per_s",
                    Stretch.rounded(idle.processor().toMillis()
                            / Math.max(1e-3, plan.measure().toMillis() / 1e3)));
            return line;
        }
    }
}
