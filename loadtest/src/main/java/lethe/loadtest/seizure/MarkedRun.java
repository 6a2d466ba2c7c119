package lethe.loadtest.seizure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import lethe.core.identity.Opaque;
import lethe.loadtest.phone.Bell;

/**
 * Marked messages wait, are delivered, acknowledged and forgotten; then the scene is seized.
 *
 * <p>While they wait, a control: what Cassandra has of them is on the disk, so a search of the disk finds what is
 * there.
 */
final class MarkedRun {
    private static final Duration SETTLED_WITHIN = Duration.ofMinutes(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final String WAITING = "disk_before_acknowledgement";

    private final Path directory;
    private final SeizurePlan plan;
    private final boolean sealed;
    private final Consumer<String> progress;
    private final Map<String, Finds> places = new LinkedHashMap<>();
    private int waiting;
    private int waitingOnDisk;
    private int markers;

    /**
     * Not begun.
     *
     * @param directory of its own
     * @param sealed whether the broker seals what it stores
     */
    MarkedRun(Path directory, SeizurePlan plan, boolean sealed, Consumer<String> progress) {
        this.directory = directory;
        this.plan = plan;
        this.sealed = sealed;
        this.progress = progress;
    }

    /** From the start of the processes to the last search. */
    void run() throws IOException, InterruptedException {
        try (Scene scene = Scene.set(directory, plan, sealed)) {
            Seizure seizure = new Seizure(scene, directory.resolve("seized"));
            MarkerSearch search;
            try (var letters = new Correspondence(
                    scene.installation().address(), plan.pairs(), directory.resolve("history.jsonl"))) {
                letters.begin();
                long rows = scene.rows();
                progress.accept("sending " + plan.held() + " messages to " + plan.pairs() + " phones that are away");
                letters.sendHeld(plan.held());
                Evidence disk = whileTheyWait(scene, seizure);
                letters.deliver(plan.live());
                awaitRows(scene, rows);
                search = new MarkerSearch(letters.markers());
                places.put(WAITING, search.in(disk));
            }
            markers = search.markers();
            progress.accept("all delivered and settled, waiting "
                    + plan.forgottenWithin().toSeconds() + " s");
            pause(plan.forgottenWithin());
            search(search, sealed ? seizure.take() : List.of(seizure.disk("disk")));
            if (sealed) {
                search(search, List.of(Evidence.of("disk_after_the_end", scene.end())));
            }
        }
    }

    private Evidence whileTheyWait(Scene scene, Seizure seizure) throws IOException, InterruptedException {
        List<Opaque> payloads = Payloads.held(scene.installation().cassandra());
        scene.cassandra().flushTables();
        Evidence disk = seizure.disk(WAITING);
        BitSet found = new BitSet();
        PatternSearch search = new PatternSearch(payloads);
        try (InputStream stream = Files.newInputStream(disk.files().get(0))) {
            search.search(stream, (pattern, offset) -> found.set(pattern));
        }
        waiting = payloads.size();
        waitingOnDisk = found.cardinality();
        return disk;
    }

    private static void awaitRows(Scene scene, long expected) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + SETTLED_WITHIN.toNanos();
        long rows = scene.rows();
        while (rows != expected) {
            if (System.nanoTime() > deadline) {
                throw new IOException("Cassandra has " + rows + " rows, and should have " + expected);
            }
            pause(LOOK_AGAIN);
            rows = scene.rows();
        }
    }

    private static void pause(Duration pause) throws InterruptedException {
        new Bell().await(() -> false, pause);
    }

    private void search(MarkerSearch search, List<Evidence> taken) throws IOException {
        for (Evidence evidence : taken) {
            progress.accept("searching " + evidence.place());
            Finds finds = search.in(evidence);
            finds.traces().forEach(trace -> progress.accept("  " + trace));
            places.put(evidence.place(), finds);
        }
    }

    /** What was found, by place, in the order of the search. */
    Map<String, Finds> places() {
        return places;
    }

    /** How many markers were looked for. */
    int markers() {
        return markers;
    }

    /** How many rows of messages Cassandra had while they waited. */
    int waiting() {
        return waiting;
    }

    /** Of how many of them the disk had what Cassandra had. */
    int waitingOnDisk() {
        return waitingOnDisk;
    }
}
