package lethe.loadtest.seizure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import lethe.loadtest.process.InstallationPlan;

/** The drill: a sealed run of which nothing may be found, and a control without sealing of which something must be. */
public final class SeizureRun {
    private static final String DISK = "disk";

    private final SeizurePlan plan;
    private final UnaryOperator<InstallationPlan> broker;
    private final Path directory;
    private final Consumer<String> progress;

    /**
     * Not begun.
     *
     * @param broker how it shall differ from the shipped one
     * @param directory for everything, what is seized included
     * @param progress told in a line what happens
     */
    public SeizureRun(
            SeizurePlan plan, UnaryOperator<InstallationPlan> broker, Path directory, Consumer<String> progress) {
        this.plan = plan;
        this.broker = broker;
        this.directory = directory;
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
        boolean captured = Tool.exists(Capture.TOOL);
        if (!captured) {
            progress.accept("NOT COMPLETE: no tcpdump, so no traffic is captured: run ci/packages.sh as root");
        }
        MarkedRun sealed = run("sealed", plan, true);
        progress.accept("control: the same without sealing");
        MarkedRun unsealed = run("unsealed", plan.control(), false);
        return report(sealed, unsealed, captured, System.nanoTime() - begin);
    }

    private MarkedRun run(String name, SeizurePlan size, boolean sealed) throws IOException, InterruptedException {
        Path own = directory.resolve(name);
        MarkedRun run = new MarkedRun(own, size, progress);
        try (Scene scene = Scene.set(own, shipped -> broker.apply(sealing(shipped, sealed)))) {
            run.at(scene, sealed);
        }
        return run;
    }

    /** What takes 30 s beside the shipped epoch of 5 min takes as much less here as this epoch is shorter. */
    private InstallationPlan sealing(InstallationPlan installation, boolean sealed) {
        return installation
                .with("lethe.forgetting.sealing", sealed ? "on" : "off")
                .with("lethe.forgetting.epoch", plan.epoch().toMillis() + " ms")
                .with("lethe.forgetting.escrow", "none")
                .with("lethe.subscriber.idle-after", plan.idleAfter().toMillis() + " ms");
    }

    private static SeizureReport report(MarkedRun sealed, MarkedRun unsealed, boolean captured, long nanos) {
        Map<String, Map<MarkerKind, Integer>> places = new LinkedHashMap<>();
        sealed.places().forEach((place, finds) -> places.put(place, finds.byKind()));
        Finds disk = unsealed.places().get(DISK);
        return new SeizureReport(
                sealed.markers(),
                Finds.together(sealed.places().values()),
                sealed.waiting(),
                sealed.waitingOnDisk(),
                disk == null ? 0 : disk.count(MarkerKind.CONTENT),
                places,
                captured,
                Duration.ofNanos(nanos).toMillis());
    }

    private static void requireMeans() throws IOException {
        Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        if (!user.equals(0)) {
            throw new NotPossible("mounting a disk of its own, and reading the memory of others, needs root");
        }
        if (!Files.exists(Path.of("/dev/loop-control"))) {
            throw new NotPossible("there are no loop devices here (/dev/loop-control)");
        }
        for (String tool : List.of("mkfs.ext4", "fsfreeze")) {
            if (!Tool.exists(tool)) {
                throw new NotPossible("there is no " + tool + ": run ci/packages.sh as root");
            }
        }
        if (!Files.isExecutable(JavaProcess.of(0).jcmd())) {
            throw new NotPossible("this Java has no jcmd: a JDK is needed");
        }
    }
}
