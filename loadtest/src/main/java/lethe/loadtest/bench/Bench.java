package lethe.loadtest.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import lethe.loadtest.load.LoadReport;
import lethe.loadtest.load.LoadRun;
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
        progress.accept("starting Cassandra and a broker");
        try (MeasuredBroker broker = options.open()) {
            LoadReport report = new LoadRun(broker.target(), options.plan(), progress).run();
            Map<String, @Nullable Object> figures = new LinkedHashMap<>(report.figures());
            figures.put("jdk", options.jdk());
            figures.put("files_with_content", filesWithContent(broker));
            return new Result(report.passed(), figures);
        }
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
