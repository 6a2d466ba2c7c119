package lethe.loadtest.demo;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import lethe.core.identity.MessageId;

/** B is away, the broker is killed, B comes back: nothing is lost, and then everything is forgotten. */
final class Holding {
    private static final int MESSAGES = 5;

    private final Supplier<Stage> stage;
    private List<String> texts = List.of();
    private List<MessageId> ids = List.of();
    private long rowsBefore;
    private int textsBefore;

    Holding(Supplier<Stage> stage) {
        this.stage = stage;
    }

    List<Step> steps() {
        return List.of(
                new Step("held", "B loses its network; A writes to B", this::hold),
                new Step("killed", "Kill the broker with SIGKILL, and start it again", this::kill),
                new Step("delivered", "B comes back", this::deliver),
                new Step("forgotten", "Ask Cassandra what is left of these messages", this::forget));
    }

    private Seen hold() throws Exception {
        Stage here = stage.get();
        rowsBefore = here.rows();
        textsBefore = here.b.texts().size();
        Stage.get(here.b.disconnect());
        texts = here.texts("held", MESSAGES);
        ids = here.send(here.a, here.b, texts);
        here.await("the broker takes custody", () -> ids.stream().allMatch(here.a::isHeld));
        long rows = here.rows() - rowsBefore;
        Stage.verify(rows + " rows for " + MESSAGES + " held messages", rows >= MESSAGES);
        return Seen.that("the broker said 'held' " + MESSAGES + " times, each after a durable write; Cassandra has "
                        + rows + " rows more")
                .with("messages", MESSAGES)
                .with("rows_written", rows);
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
        return Seen.that("B got all " + MESSAGES + ", once, in order; A heard 'delivered' for each")
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
