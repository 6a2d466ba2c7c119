package lethe.loadtest.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lethe.loadtest.load.LoadPlan;
import lethe.loadtest.load.LoadReport;
import lethe.loadtest.load.LoadRun;
import lethe.loadtest.load.OfflineReport;
import lethe.loadtest.load.OfflineRun;
import org.jspecify.annotations.Nullable;

/** What a message costs one broker as one thing grows: pairs, payload, what waits. One point after the other. */
public final class Curves {
    private static final List<Integer> PAIRS = List.of(100, 1_000, 5_000);
    private static final List<Integer> PAYLOADS = List.of(64, 1 << 10, 32 << 10);
    private static final List<Integer> WAITING = List.of(1, 10, 100, 1_000);

    /** While something else grows. */
    private static final int USUAL_PAIRS = 100;

    private static final int USUAL_PAYLOAD = 256;

    /** One message at a time would measure the hold window; all at once, how a store is overloaded. */
    private static final int OFFLINE_WINDOW = 100;

    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration MEASURE = Duration.ofSeconds(10);

    private final BrokerOptions options;
    private final int mostPairs;
    private final Consumer<String> progress;

    /**
     * Not begun.
     *
     * @param mostPairs points with more are left out: their connections may be more than a process may have
     * @param progress told in a line what happens
     */
    public Curves(BrokerOptions options, int mostPairs, Consumer<String> progress) {
        this.options = options;
        this.mostPairs = mostPairs;
        this.progress = progress;
    }

    /**
     * Measures all points.
     *
     * @param each told of each as soon as it is measured
     * @return whether all of them passed
     */
    public boolean run(Consumer<Map<String, @Nullable Object>> each) throws IOException, InterruptedException {
        progress.accept("starting Cassandra and a broker");
        BenchLimits limits = new BenchLimits(
                2 * mostPairs, WAITING.get(WAITING.size() - 1), PAYLOADS.get(PAYLOADS.size() - 1), false);
        boolean passed = true;
        try (MeasuredBroker broker = MeasuredBroker.start(options, false, limits)) {
            for (LoadPlan plan : live()) {
                LoadReport report = new LoadRun(broker.target(), plan, progress).run();
                each.accept(report.figures());
                passed &= report.passed();
            }
            for (int waiting : WAITING) {
                OfflineReport report = new OfflineRun(broker.target(), offline(), waiting, progress).run();
                each.accept(report.figures());
                passed &= report.passed();
            }
        }
        return passed;
    }

    private List<LoadPlan> live() {
        return Stream.concat(
                        PAIRS.stream().filter(pairs -> pairs <= mostPairs).map(pairs -> plan(pairs, USUAL_PAYLOAD)),
                        PAYLOADS.stream().map(payload -> plan(Math.min(USUAL_PAIRS, mostPairs), payload)))
                .toList();
    }

    private static LoadPlan plan(int pairs, int payload) {
        return LoadPlan.closed(pairs, 1, payload, WARM_UP, MEASURE);
    }

    private LoadPlan offline() {
        return LoadPlan.closed(Math.min(USUAL_PAIRS, mostPairs), OFFLINE_WINDOW, USUAL_PAYLOAD, WARM_UP, MEASURE);
    }
}
