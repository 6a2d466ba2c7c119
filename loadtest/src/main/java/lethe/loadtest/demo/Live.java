package lethe.loadtest.demo;

import java.util.List;
import java.util.function.Supplier;
import lethe.core.identity.MessageId;

/** Both phones are connected: nothing touches a disk. */
final class Live {
    private static final int MESSAGES = 20;

    private final Supplier<Stage> stage;

    Live(Supplier<Stage> stage) {
        this.stage = stage;
    }

    Seen run() throws Exception {
        Stage here = stage.get();
        long before = here.settledRows();
        int prekeysBefore = Stage.prekeys(here.b);
        List<String> texts = here.texts("live", MESSAGES);
        long begin = System.nanoTime();
        List<MessageId> ids = here.send(here.a, here.b, texts);
        here.awaitEnd(here.a, ids, "delivered");
        long micros = (System.nanoTime() - begin) / 1_000 / MESSAGES;
        here.await("B's application has them", () -> here.b.texts().size() >= MESSAGES);
        Stage.verify("B got " + here.b.texts(), here.b.texts().equals(texts));
        Stage.verify("letters were stored", ids.stream().noneMatch(here.a::isHeld));
        int used = prekeysBefore - Stage.prekeys(here.b);
        long written = here.awaitRows(before) - before;
        int files = here.filesWithContent();
        Stage.verify("content is in " + files + " files of Cassandra", files == 0);
        Stage.verify(used + " prekeys were used for " + MESSAGES + " letters", used >= MESSAGES);
        return Seen.that(MESSAGES + " letters delivered in order, each sealed to a prekey that is used up now; not one"
                        + " row written, and not a byte of them on Cassandra's disk, commit log included")
                .with("messages", MESSAGES)
                .with("us_per_message", micros)
                .with("rows_written", written)
                .with("prekeys_used", used)
                .with("files_with_content", files);
    }
}
