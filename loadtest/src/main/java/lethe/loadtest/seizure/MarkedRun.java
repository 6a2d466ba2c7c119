package lethe.loadtest.seizure;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import lethe.loadtest.evidence.Evidence;
import lethe.loadtest.phone.Bell;

/**
 * Marked messages wait, are delivered, acknowledged and forgotten; then everything is taken.
 *
 * <p>They wait so long that newer keys of them are stored as well: an acknowledged message must not open with those
 * either.
 */
final class MarkedRun {
    /** Where the keys of all that waits must be. */
    static final String MEMORY_BEFORE = "broker_memory_before_acknowledgement";

    private static final Duration SETTLED_WITHIN = Duration.ofMinutes(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final SeizurePlan plan;
    private final Path directory;
    private final Consumer<String> progress;

    /**
     * Not begun.
     *
     * @param directory of its own
     */
    MarkedRun(SeizurePlan plan, Path directory, Consumer<String> progress) {
        this.plan = plan;
        this.directory = directory;
        this.progress = progress;
    }

    /** Seizes everything there is, twice: before the acknowledgement what may show keys, and after it all. */
    Taken sealed(Scene scene) throws IOException, InterruptedException {
        Seizure seizure = new Seizure(scene, directory.resolve("seized"));
        try (Correspondence letters = begin(scene)) {
            long begun = System.nanoTime();
            long rows = scene.rows();
            letters.sendHeld(plan.held());
            progress.accept("all held; they wait for " + plan.renewedWithin().toSeconds() + " s");
            pause(plan.renewedWithin());
            Payloads waiting = payloads(scene);
            List<Evidence> before =
                    List.of(seizure.disk("disk_before_acknowledgement"), seizure.memory(MEMORY_BEFORE, scene.broker()));
            deliver(letters, scene, rows);
            forget(plan.forgottenWithin(Duration.ofNanos(System.nanoTime() - begun)));
            List<Evidence> after = new ArrayList<>(seizure.take());
            after.add(Evidence.disk("disk_after_the_end", scene.end()));
            return new Taken(letters.markers(), waiting, before, after);
        }
    }

    /** The same with a broker that does not seal: only what its disk has is of interest. */
    Taken unsealed(Scene scene) throws IOException, InterruptedException {
        Seizure seizure = new Seizure(scene, directory.resolve("seized"));
        try (Correspondence letters = begin(scene)) {
            long rows = scene.rows();
            letters.sendHeld(plan.held());
            Payloads waiting = payloads(scene);
            List<Evidence> before = List.of(seizure.disk("unsealed_disk_before_acknowledgement"));
            deliver(letters, scene, rows);
            forget(plan.forgottenWithin());
            return new Taken(letters.markers(), waiting, before, List.of(seizure.disk("unsealed_disk")));
        }
    }

    private Correspondence begin(Scene scene) throws IOException, InterruptedException {
        URI broker = scene.installation().address();
        Correspondence letters = new Correspondence(broker, plan.pairs(), directory.resolve("history.jsonl"));
        letters.begin();
        progress.accept("sending " + plan.held() + " messages to " + plan.pairs() + " phones that are away");
        return letters;
    }

    /** Also has Cassandra write what it has in memory, as it does now and then by itself. */
    private Payloads payloads(Scene scene) throws IOException, InterruptedException {
        Payloads payloads = Payloads.of(scene.installation().cassandra());
        if (payloads.envelopes().size() < plan.held()) {
            throw new IOException("Cassandra has " + payloads.envelopes().size() + " rows for " + plan.held()
                    + " messages that wait");
        }
        payloads.write(directory.resolve("payloads.txt"));
        scene.cassandra().flushTables();
        return payloads;
    }

    private void deliver(Correspondence letters, Scene scene, long rows) throws IOException, InterruptedException {
        letters.deliver(plan.live());
        awaitRows(scene, rows);
        letters.leave();
        write(letters.markers());
    }

    private void forget(Duration within) throws InterruptedException {
        progress.accept("all delivered and settled; seized in " + within.toSeconds() + " s");
        pause(within);
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

    /** For whoever wants to search what is kept by other means. */
    private void write(List<Marker> markers) throws IOException {
        HexFormat hex = HexFormat.of();
        List<String> lines = markers.stream()
                .map(marker -> marker.kind().word() + " "
                        + hex.formatHex(marker.bytes().shared()))
                .toList();
        Files.write(directory.resolve("markers.txt"), lines);
    }
}
