package lethe.loadtest.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import lethe.core.identity.MessageId;
import lethe.loadtest.evidence.JavaProcess;

/** B is away, the broker is killed, B comes back: nothing is lost, and then everything is forgotten. */
final class Holding {
    private static final int MESSAGES = 5;
    private static final int MEGABYTE = 1_000_000;

    private final Supplier<Stage> stage;
    private List<String> texts = List.of();
    private List<MessageId> ids = List.of();
    private List<MessageId> inClear = List.of();
    private long rowsBefore;
    private int textsBefore;

    Holding(Supplier<Stage> stage) {
        this.stage = stage;
    }

    List<Step> steps() {
        return List.of(
                new Step(
                        "held",
                        "B loses its network; A writes to B, and so does E, whose phone seals nothing",
                        this::hold),
                new Step(
                        "noise",
                        "Take the broker's whole memory and Cassandra's disk, and look for what they said",
                        this::look),
                new Step("killed", "Kill the broker with SIGKILL, and start it again", this::kill),
                new Step("delivered", "B comes back", this::deliver),
                new Step("forgotten", "Ask Cassandra what is left of these messages", this::forget));
    }

    private Seen hold() throws Exception {
        Stage here = stage.get();
        rowsBefore = here.settledRows();
        textsBefore = here.b.texts().size();
        Stage.get(here.b.disconnect());
        texts = here.texts("held", MESSAGES);
        ids = here.send(here.a, here.b, texts);
        inClear = here.send(here.e, here.b, List.of("for everybody to read, " + here.markerInClear));
        here.await(
                "the broker takes custody",
                () -> ids.stream().allMatch(here.a::isHeld) && inClear.stream().allMatch(here.e::isHeld));
        int held = ids.size() + inClear.size();
        long rows = here.rows() - rowsBefore;
        Stage.verify(rows + " rows for " + held + " held messages", rows >= held);
        return Seen.that("the broker said 'held' " + held + " times, each after a durable write; Cassandra has " + rows
                        + " rows more")
                .with("messages", held)
                .with("rows_written", rows);
    }

    /** E's message is the control: the broker holds it as it is, and so it has to be found. */
    private Seen look() throws Exception {
        Stage here = stage.get();
        Path dump = here.installation.cassandraDirectory().resolveSibling("broker.hprof");
        try {
            JavaProcess.of(here.installation.broker().pid()).dumpAll(dump);
            long bytes = Files.size(dump);
            boolean sealed = Stage.filesWith(here.marker, dump) > 0;
            boolean clear = Stage.filesWith(here.markerInClear, dump) > 0;
            int files = here.filesWithContent();
            Stage.verify("the broker's memory does not have what E said, so the search proves nothing", clear);
            Stage.verify("the broker's memory has what A wrote", !sealed);
            Stage.verify("content is in " + files + " files of Cassandra", files == 0);
            return Seen.that("in " + bytes / MEGABYTE + " MB of memory E's words are found, which nobody sealed; of A's"
                            + " letters, which wait in the same place, not one; on Cassandra's disk neither")
                    .with("memory_bytes", bytes)
                    .with("found_sealed", 0)
                    .with("found_in_clear", 1)
                    .with("files_with_content", files);
        } finally {
            Files.deleteIfExists(dump);
        }
    }

    private Seen kill() throws Exception {
        Stage here = stage.get();
        long pid = here.installation.broker().pid();
        long begin = System.nanoTime();
        here.installation.killBroker();
        here.await("A notices", () -> !here.a.isConnected());
        here.installation.startBroker();
        here.a.networkIsBack();
        here.await("A is back", here.a::isConnected);
        long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
        return Seen.that("process " + pid + " is dead, "
                        + here.installation.broker().pid() + " took its place, A reconnected by itself")
                .with("killed_pid", pid)
                .with("pid", here.installation.broker().pid())
                .with("down_ms", millis);
    }

    private Seen deliver() throws Exception {
        Stage here = stage.get();
        Stage.verify("B could not connect", here.b.connect());
        here.awaitEnd(here.a, ids, "delivered");
        here.await("B has all that waited", here.b::isDrained);
        here.await("B's application has them", () -> here.b.texts().size() >= textsBefore + MESSAGES);
        List<String> received =
                here.b.texts().subList(textsBefore, here.b.texts().size());
        Stage.verify("B got " + received, received.equals(texts));
        here.awaitEnd(here.e, inClear, "undecryptable");
        return Seen.that("B got all " + MESSAGES + " of A, once, in order; A heard 'delivered' for each. What nobody"
                        + " sealed B's phone does not show: E heard 'undecryptable'")
                .with("messages", received.size());
    }

    private Seen forget() throws Exception {
        Stage here = stage.get();
        long rows = here.awaitRows(rowsBefore);
        return Seen.that("their rows are gone, and the receipts too, now that A has them: " + rows
                        + " rows, as before the messages")
                .with("rows", rows)
                .with("rows_before", rowsBefore);
    }
}
