package lethe.loadtest.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import lethe.loadtest.load.Descriptors;
import lethe.loadtest.load.FloodReport;
import lethe.loadtest.load.FloodRun;
import lethe.loadtest.load.IdleRun;
import lethe.loadtest.load.LoadReport;
import lethe.loadtest.load.LoadRun;
import lethe.loadtest.load.OfflineReport;
import lethe.loadtest.load.OfflineRun;
import lethe.loadtest.load.OverloadReport;
import lethe.loadtest.load.OverloadRun;
import lethe.loadtest.process.ContentSearch;
import org.jspecify.annotations.Nullable;

/** One {@code lethe bench}: a broker, a measurement, its figures. */
public final class Bench {
    private final BenchOptions options;
    private final Consumer<String> progress;

    /**
     * What was measured.
     *
     * @param passed whether the figures mean something
     * @param figures for a line of JSON
     */
    public record Result(boolean passed, Map<String, @Nullable Object> figures) {}

    /**
     * Not begun.
     *
     * @param progress told in a line what happens
     */
    public Bench(BenchOptions options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
    }

    /** Measures once. */
    public Result run() throws IOException, InterruptedException {
        Descriptors.require(2 * options.plan().pairs());
        try (MeasuredBroker broker = options.open(progress)) {
            Result measured = measure(broker);
            Map<String, @Nullable Object> figures = new LinkedHashMap<>(measured.figures());
            figures.put("jdk", options.jdk());
            figures.put("files_with_content", filesWithContent(broker));
            return new Result(measured.passed(), figures);
        }
    }

    private Result measure(MeasuredBroker broker) throws IOException, InterruptedException {
        if (options.isIdle()) {
            return idle(broker);
        } else if (options.isOverload()) {
            return overload(broker);
        } else if (options.isFlood()) {
            return flood(broker);
        }
        return options.isOffline() ? offline(broker) : live(broker);
    }

    private Result live(MeasuredBroker broker) throws IOException, InterruptedException {
        LoadReport report = new LoadRun(broker.target(), options.plan(), progress).run();
        return new Result(report.passed(), report.figures());
    }

    private Result offline(MeasuredBroker broker) throws IOException, InterruptedException {
        OfflineReport report = new OfflineRun(broker.target(), options.plan(), options.waiting(), progress).run();
        return new Result(report.passed(), report.figures());
    }

    private Result overload(MeasuredBroker broker) throws IOException, InterruptedException {
        OverloadReport report = new OverloadRun(broker.target(), options.plan(), progress).run();
        return new Result(report.passed(), report.figures());
    }

    private Result flood(MeasuredBroker broker) throws IOException, InterruptedException {
        FloodReport report =
                new FloodRun(broker.target(), options.plan(), BenchLimits.FLOOD_PER_SECOND, progress).run();
        return new Result(report.passed(), report.figures());
    }

    private Result idle(MeasuredBroker broker) throws IOException, InterruptedException {
        LiveObjects objects =
                new LiveObjects(options.javaHome(), broker.target().processes());
        return new Result(true, new IdleRun(broker.target(), options.plan(), objects, progress).run());
    }

    /** Files of the store in which a message's bytes are; null if the store is not ours to look into. */
    private static @Nullable Integer filesWithContent(MeasuredBroker broker) throws IOException {
        Path directory = broker.storeDirectory();
        byte[] filler = broker.target().payload().filler();
        return directory == null || filler.length < 8
                ? null
                : ContentSearch.find(directory, filler).size();
    }
}
