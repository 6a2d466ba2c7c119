package lethe.loadtest.seizure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The drill: a sealed run of which nothing may be found, and a control without sealing of which something must be. */
public final class SeizureRun {
    private static final String DISK = "disk";

    private final SeizurePlan plan;
    private final Path directory;
    private final Consumer<String> progress;

    /**
     * Not begun.
     *
     * @param directory for everything, what is seized included
     * @param progress told in a line what happens
     */
    public SeizureRun(SeizurePlan plan, Path directory, Consumer<String> progress) {
        this.plan = plan;
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
        requireRoot();
        boolean captured = Tool.exists(Capture.TOOL);
        if (!captured) {
            progress.accept("NOT COMPLETE: no tcpdump, so no traffic is captured: run ci/packages.sh as root");
        }
        MarkedRun sealed = new MarkedRun(directory.resolve("sealed"), plan, true, progress);
        sealed.run();
        progress.accept("control: the same without sealing");
        MarkedRun unsealed = new MarkedRun(directory.resolve("unsealed"), plan.control(), false, progress);
        unsealed.run();
        return report(sealed, unsealed, captured, System.nanoTime() - begin);
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

    private static void requireRoot() throws IOException {
        Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        if (!user.equals(0)) {
            throw new NotPossible("mounting a disk of its own, and reading the memory of others, needs root");
        }
        if (!Files.exists(Path.of("/dev/loop-control"))) {
            throw new NotPossible("there are no loop devices here (/dev/loop-control)");
        }
    }
}
