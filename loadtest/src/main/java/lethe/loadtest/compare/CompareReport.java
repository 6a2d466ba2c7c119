package lethe.loadtest.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import lethe.loadtest.process.Shutdown;

/** Where a comparison is published: figures as JSON, and made of them a chart and the tables of a document. */
public final class CompareReport {
    private static final String DOCUMENT = "performance.md";
    private static final String FIGURES = "performance/compare.json";
    private static final String CHART = "performance/compare.svg";

    private final Path docs;

    /**
     * Nothing is written yet.
     *
     * @param docs the directory of the document, which is made if it is missing
     */
    public CompareReport(Path docs) {
        this.docs = docs;
    }

    /**
     * Measures, and publishes that; what is there stays if this program is told to end meanwhile.
     *
     * @param command with which it is repeated
     * @param progress told in a line what happens
     * @return whether everybody was measured in every round
     */
    public boolean measure(ComparePlan plan, String command, Consumer<String> progress)
            throws IOException, InterruptedException {
        Comparison comparison = new Comparison(plan, Shutdown::hasBegun, progress);
        Results results = comparison.run(command);
        if (Shutdown.hasBegun()) {
            return false;
        }
        Files.createDirectories(docs.resolve(FIGURES).getParent());
        results.write(docs.resolve(FIGURES));
        render();
        progress.accept("written: " + docs.resolve(DOCUMENT));
        return comparison.isComplete();
    }

    /** Makes chart and tables anew, of the figures that are there. */
    public void render() throws IOException {
        Results results = Results.read(docs.resolve(FIGURES));
        if (!results.pairs(Run.Part.CLOSED).isEmpty()) {
            Files.writeString(docs.resolve(CHART), Chart.of(results));
        }
        Section.write(docs.resolve(DOCUMENT), Tables.of(results, CHART));
    }
}
