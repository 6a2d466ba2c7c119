package lethe.loadtest.seizure;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.HexFormat;
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
    private final Consumer<String> progress;
    private final Map<String, Finds> places = new LinkedHashMap<>();
    private int waiting;
    private int waitingOnDisk;
    private int markers;

    /**
     * Not begun.
     *
     * @param directory of its own
     */
    MarkedRun(Path directory, SeizurePlan plan, Consumer<String> progress) {
        this.directory = directory;
        this.plan = plan;
        this.progress = progress;
    }

    /**
     * From the first phone to the last search.
     *
     * @param scene in which nothing has happened
     * @param all whether everything is seized, or the disk only
     */
    void at(Scene scene, boolean all) throws IOException, InterruptedException {
        Seizure seizure = new Seizure(scene, directory.resolve("seized"));
        MarkerSearch search = correspond(scene, seizure);
        progress.accept(
                "all delivered and settled, waiting " + plan.forgottenWithin().toSeconds() + " s");
        pause(plan.forgottenWithin());
        search(search, all ? seizure.take() : List.of(seizure.disk("disk")));
        if (all) {
            search(search, List.of(Evidence.of("disk_after_the_end", scene.end())));
        }
    }

    private MarkerSearch correspond(Scene scene, Seizure seizure) throws IOException, InterruptedException {
        URI broker = scene.installation().address();
        try (var letters = new Correspondence(broker, plan.pairs(), directory.resolve("history.jsonl"))) {
            letters.begin();
            long rows = scene.rows();
            progress.accept("sending " + plan.held() + " messages to " + plan.pairs() + " phones that are away");
            letters.sendHeld(plan.held());
            Evidence disk = whileTheyWait(scene, seizure);
            letters.deliver(plan.live());
            awaitRows(scene, rows);
            MarkerSearch search = new MarkerSearch(write(letters.markers()));
            markers = search.markers();
            places.put(WAITING, search.in(disk));
            return search;
        }
    }

    private Evidence whileTheyWait(Scene scene, Seizure seizure) throws IOException, InterruptedException {
        List<Opaque> payloads = Payloads.held(scene.installation().cassandra());
        if (payloads.size() < plan.held()) {
            throw new IOException(
                    "Cassandra has " + payloads.size() + " rows for " + plan.held() + " messages that wait");
        }
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

    /** For whoever wants to search what is kept by other means. */
    private List<Marker> write(List<Marker> all) throws IOException {
        HexFormat hex = HexFormat.of();
        List<String> lines = all.stream()
                .map(marker -> marker.kind().word() + " "
                        + hex.formatHex(marker.bytes().shared()))
                .toList();
        Files.write(directory.resolve("markers.txt"), lines);
        return all;
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
