package lethe.loadtest.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.loadtest.history.Breach;
import lethe.loadtest.history.HistoryEvent;
import lethe.loadtest.history.HistoryEvent.Delivered;
import lethe.loadtest.history.HistoryEvent.Ended;
import lethe.loadtest.history.HistoryEvent.Sent;
import lethe.loadtest.history.HistoryEvent.SentAsSms;
import lethe.loadtest.history.Verdict.Violation;
import org.junit.jupiter.api.Test;

/** What is excused, and above all what is not. */
class ExcusesTest {
    private static final MessageId ID = new MessageId(Opaque.wrap(new byte[MessageId.LENGTH]));
    private static final String TEXT = ID.toText();
    private static final Sent SENT = new Sent(1, "alice", "bob", TEXT, 1, "c");
    private static final Delivered DELIVERED = new Delivered(5, "bob", TEXT, "c");
    private static final List<HistoryEvent> BOTH_WAYS =
            List.of(SENT, DELIVERED, new SentAsSms(6, "alice", TEXT), new Ended(7, "alice", TEXT, "sms_sent"));
    private static final List<HistoryEvent> AFTER_ITS_END =
            List.of(SENT, new Ended(2, "alice", TEXT, "revoked"), DELIVERED);

    private final Truth truth = new Truth();

    @Test
    void areGivenToAPhoneWhoseWordCameTooLate() {
        assertThat(judged(BOTH_WAYS)).doesNotContain(DELIVERED);
    }

    @Test
    void areNotGivenToABrokerThatHadItsWord() {
        truth.concluded(ID, 5);

        assertThat(judged(BOTH_WAYS)).isEqualTo(BOTH_WAYS);
    }

    @Test
    void areGivenIfThatWasWordOfASecondCopy() {
        truth.settled(ID, 8);
        truth.concluded(ID, 9);

        assertThat(judged(BOTH_WAYS)).doesNotContain(DELIVERED);
    }

    @Test
    void areGivenIfTheRecipientOptedOut() {
        truth.concluded(ID, 5);
        truth.erased("bob", 6);

        assertThat(judged(BOTH_WAYS)).doesNotContain(DELIVERED);
    }

    @Test
    void areGivenIfTheRecipientHadNotOptedIn() {
        truth.turnedAway(ID);
        truth.concluded(ID, 5);

        assertThat(judged(BOTH_WAYS)).doesNotContain(DELIVERED);
    }

    @Test
    void areGivenToWhatComesAfterItsEndIsTold() {
        assertThat(judged(AFTER_ITS_END)).doesNotContain(DELIVERED);
    }

    @Test
    void areNotGivenToWhatComesTwice() {
        List<HistoryEvent> twice =
                List.of(SENT, DELIVERED, new Ended(6, "alice", TEXT, "delivered"), new Delivered(9, "bob", TEXT, "c"));
        truth.concluded(ID, 5);

        assertThat(judged(twice)).isEqualTo(twice);
    }

    @Test
    void areGivenToOrderThatNobodyCouldRemember() {
        Violation violation = new Violation(Breach.REORDERED, TEXT, "");
        truth.erased("bob", 3);

        assertThat(new Excuses(truth, List.of(SENT, DELIVERED)).counts(violation))
                .isFalse();
    }

    @Test
    void areNotGivenToOrderThatWasForgottenBeforeOrAfter() {
        Violation violation = new Violation(Breach.REORDERED, TEXT, "");
        truth.erased("bob", 0);
        truth.erased("bob", 6);

        assertThat(new Excuses(truth, List.of(SENT, DELIVERED)).counts(violation))
                .isTrue();
        assertThat(new Excuses(truth, List.of(SENT, DELIVERED)).counts(new Violation(Breach.LOST, TEXT, "")))
                .isTrue();
    }

    private List<HistoryEvent> judged(List<HistoryEvent> history) {
        return new Excuses(truth, history).judged();
    }
}
