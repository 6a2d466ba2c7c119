package lethe.loadtest.demo;

import java.util.List;
import java.util.function.Supplier;
import lethe.core.identity.MessageId;
import lethe.core.protocol.CloseReason;

/** Off by default, on by consent, off again and forgotten. */
final class Consents {
    private final Supplier<Stage> stage;
    private long rowsWithoutB;

    Consents(Supplier<Stage> stage) {
        this.stage = stage;
    }

    List<Step> beforeAnybodyOptedIn() {
        return List.of(
                new Step("off_by_default", "Try to use Lethe before anybody opted in", this::tryWithoutConsent),
                new Step("opt_in", "A, B, D and E read the policy and agree; C never does", this::optIn));
    }

    Step optOut() {
        return new Step("opt_out", "B opts out while a message waits for it", this::leave);
    }

    private Seen tryWithoutConsent() throws Exception {
        Stage here = stage.get();
        Stage.verify("a phone connected without a consent", !here.a.connect());
        int code = Trespasser.turnedAwayWith(here.settings, here.runtime);
        Stage.verify(
                "the broker turned the phone away with " + code + " and not " + CloseReason.NOT_AUTHENTIC.code(),
                code == CloseReason.NOT_AUTHENTIC.code());
        long rows = here.rows();
        Stage.verify("Cassandra has " + rows + " rows before anybody opted in", rows == 0);
        return Seen.that("A's phone opens no connection; one that tries all the same is turned away (" + code
                        + "); nothing is stored")
                .with("close_code", code)
                .with("rows", rows);
    }

    private Seen optIn() throws Exception {
        Stage here = stage.get();
        here.join(here.a);
        here.join(here.d);
        here.join(here.e);
        rowsWithoutB = here.settledRows();
        long epoch = here.join(here.b);
        long rows = here.settledRows();
        Stage.verify("B's consent is not stored", rows > rowsWithoutB);
        int prekeys = Stage.prekeys(here.b);
        return Seen.that("signed for policy epoch " + epoch + "; stored: the consents and the phones' public keys, "
                        + prekeys + " prekeys of B among them, no number")
                .with("epoch", epoch)
                .with("rows", rows)
                .with("prekeys", prekeys);
    }

    private Seen leave() throws Exception {
        Stage here = stage.get();
        Stage.get(here.b.disconnect());
        MessageId waiting = here.send(here.a, here.b, here.texts("too late", 1)).get(0);
        here.await("the message is held", () -> here.a.isHeld(waiting));
        long before = here.rows();
        here.leave(here.b);
        here.awaitEnd(here.a, List.of(waiting), "rejected");
        List<MessageId> next = here.send(here.a, here.b, here.texts("nobody home", 1));
        here.awaitEnd(here.a, next, "rejected");
        Stage.verify("B connected after opting out", !here.b.connect());
        long after = here.awaitRows(rowsWithoutB);
        return Seen.that("everything of B is gone from Cassandra, the waiting message with it; A hears that B takes"
                        + " nothing any more")
                .with("rows_before", before)
                .with("rows_after", after)
                .with("rows_without_b", rowsWithoutB);
    }
}
