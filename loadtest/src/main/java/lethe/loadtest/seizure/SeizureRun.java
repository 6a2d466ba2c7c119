package lethe.loadtest.seizure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import lethe.loadtest.evidence.Capture;
import lethe.loadtest.evidence.Evidence;
import lethe.loadtest.evidence.Means;
import lethe.loadtest.evidence.NotPossible;
import lethe.loadtest.evidence.Search;
import lethe.loadtest.process.InstallationPlan;

/** The drill: a sealed run of which nothing may be found, and a control without sealing of which something must be. */
public final class SeizureRun {
    private final SeizurePlan plan;
    private final UnaryOperator<InstallationPlan> broker;
    private final Path directory;
    private final Runnable cutShort;
    private final Consumer<String> progress;

    /**
     * Not begun.
     *
     * @param broker how it shall differ from the shipped one
     * @param directory for everything, what is seized included
     * @param cutShort to be done if this process is told to end, when nothing is written there any more
     * @param progress told in a line what happens
     */
    public SeizureRun(
            SeizurePlan plan,
            UnaryOperator<InstallationPlan> broker,
            Path directory,
            Runnable cutShort,
            Consumer<String> progress) {
        this.plan = plan;
        this.broker = broker;
        this.directory = directory;
        this.cutShort = cutShort;
        this.progress = progress;
    }

    /**
     * Runs to the end and judges.
     *
     * @throws NotPossible if this machine does not give what is needed
     */
    public SeizureReport run() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        requireMeans();
        Path own = directory.resolve("sealed");
        Taken taken;
        try (Scene scene = Scene.set(own, shipped -> broker.apply(sealing(shipped, true)), cutShort)) {
            taken = new MarkedRun(plan, own, progress).sealed(scene);
        }
        Examination examination = new Examination(taken, progress);
        examination.run();
        var controls = new SeizureReport.Controls(
                taken.waiting().envelopes().size(),
                examination.waitingOnDisk(),
                examination.waitingOpened(),
                unsealed());
        return new SeizureReport(
                taken.markers().size(),
                examination.found(),
                examination.opened(),
                controls,
                figures(examination.places()),
                Duration.ofNanos(System.nanoTime() - begin).toMillis());
    }

    /** How many contents a disk has without sealing, when everything was acknowledged. */
    private int unsealed() throws IOException, InterruptedException {
        progress.accept("control: the same without sealing");
        Path own = directory.resolve("unsealed");
        try (Scene scene = Scene.set(own, shipped -> broker.apply(sealing(shipped, false)), cutShort)) {
            Taken taken = new MarkedRun(plan.control(), own, progress).unsealed(scene);
            Evidence disk = taken.after().get(0);
            return new Search(taken.sought()).in(disk).count(MarkerKind.CONTENT.word());
        }
    }

    private InstallationPlan sealing(InstallationPlan installation, boolean sealed) {
        return installation
                .with("lethe.forgetting.sealing", sealed ? "on" : "off")
                .with("lethe.forgetting.epoch", plan.epoch().toMillis() + " ms")
                .with("lethe.subscriber.idle-after", plan.idleAfter().toMillis() + " ms");
    }

    private static Map<String, Map<String, Integer>> figures(Map<String, Found> places) {
        Map<String, Map<String, Integer>> figures = new LinkedHashMap<>();
        places.forEach((place, found) -> figures.put(place, found.figures()));
        return figures;
    }

    private static void requireMeans() throws IOException {
        Means.require("mkfs.ext4", "fsfreeze", Capture.TOOL);
        if (!Files.exists(Path.of("/dev/loop-control"))) {
            throw NotPossible.here("there are no loop devices (/dev/loop-control)");
        }
    }
}
