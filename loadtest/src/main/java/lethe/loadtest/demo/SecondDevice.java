package lethe.loadtest.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import lethe.core.identity.MessageId;
import lethe.device.LetheEvent;
import lethe.device.store.Identity;
import lethe.loadtest.history.HistoryRecorder;
import lethe.loadtest.phone.Phone;
import lethe.seal.content.Content;

/** A gets a tablet: what comes and what is written is on both. */
final class SecondDevice {
    private final Supplier<Stage> stage;

    SecondDevice(Supplier<Stage> stage) {
        this.stage = stage;
    }

    Seen run() throws Exception {
        Stage here = stage.get();
        Identity tablet = Identity.draw(here.runtime.random()).linkedTo(here.a.address());
        Path seen = here.installation.cassandraDirectory().resolveSibling("tablet.jsonl");
        // The checker counts what comes twice as twice: what comes to a second device as well is not for it.
        try (HistoryRecorder ofTablet = new HistoryRecorder(seen, System::nanoTime);
                Phone second = here.phone("A's tablet", tablet, ofTablet)) {
            int devices =
                    Stage.good("A adds the tablet", here.a.add(tablet.listed())).size();
            here.join(second);
            String question = here.texts("to both of A's devices", 1).get(0);
            List<MessageId> asked = here.send(here.d, here.a, List.of(question));
            here.await(
                    "both of A's devices have what D wrote",
                    () -> here.a.texts().contains(question) && second.texts().contains(question));
            here.awaitEnd(here.d, asked, "delivered");
            String answer = here.texts("from A's phone", 1).get(0);
            List<MessageId> answered = here.send(here.a, here.d, List.of(answer));
            here.awaitEnd(here.a, answered, "delivered");
            here.await(
                    "the tablet shows what the phone wrote",
                    () -> !second.writtenElsewhere().isEmpty());
            LetheEvent.WrittenElsewhere copy = second.writtenElsewhere().get(0);
            Stage.verify(
                    "the tablet shows something else",
                    copy.to().equals(here.d.address())
                            && copy.id().equals(answered.get(0))
                            && copy.content().equals(new Content.Text(answer)));
            return Seen.that("D's letter came to A's phone and tablet, sealed for each; what A answers on the phone"
                            + " stands on the tablet too, sealed for that alone")
                    .with("devices", devices)
                    .with("written_elsewhere", 1);
        }
    }
}
