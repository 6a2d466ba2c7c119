package lethe.loadtest.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import lethe.loadtest.history.HistoryEvent.AtCentre;
import lethe.loadtest.history.HistoryEvent.Delivered;
import lethe.loadtest.history.HistoryEvent.Ended;
import lethe.loadtest.history.HistoryEvent.Merged;
import lethe.loadtest.history.HistoryEvent.Sent;
import lethe.loadtest.history.HistoryEvent.SentAsSms;
import lethe.loadtest.history.HistoryEvent.Session;
import org.junit.jupiter.api.Test;

/** One message that B shall get once, one way; each event a nanosecond after the one before. */
class ChannelsTest {
    private final List<HistoryEvent> history = new ArrayList<>();

    @Test
    void takesEachWayByItself() {
        sent("over-ip").shown("over-ip").ended("over-ip", "delivered");
        sent("by-modem").modem("by-modem").ended("by-modem", "sms_sent");
        sent("by-centre").centre("by-centre", 1, 2).centre("by-centre", 2, 2).ended("by-centre", "sms_delivered");
        sent("nowhere").ended("nowhere", "expired");
        assertThat(breaches()).isEmpty();
    }

    @Test
    void takesEveryEndThatAGatewaysSmsCanHave() {
        sent("failed").centre("failed", 1, 1).ended("failed", "sms_failed");
        sent("not-taken").refused("not-taken").ended("not-taken", "sms_failed");
        sent("not-sent").ended("not-sent", "sms_failed");
        sent("unknown").centre("unknown", 1, 3).ended("unknown", "sms_unknown");
        sent("unknown-too").ended("unknown-too", "sms_unknown");
        assertThat(breaches()).isEmpty();
    }

    @Test
    void findsAnSmsOfWhatIsSaidToBeDelivered() {
        sent("m").shown("m").centre("m", 1, 1).merged("m").ended("m", "delivered");
        assertThat(breaches()).containsExactly(Breach.TWO_CHANNELS);
    }

    @Test
    void findsWhatWasShownAndSent() {
        sent("m").shown("m").modem("m").ended("m", "sms_sent");
        sent("n").shown("n").centre("n", 1, 1).ended("n", "sms_unknown");
        assertThat(breaches()).containsExactly(Breach.TWO_CHANNELS, Breach.TWO_CHANNELS);
    }

    @Test
    void excusesWhatWasOfferedInTimeAndMerged() {
        session(1).sent("m").shown("m").centre("m", 1, 1).merged("m").ended("m", "sms_delivered");
        session(64).sent("before").sent("n").shown("before").ended("before", "delivered");
        modem("n").shown("n").merged("n").ended("n", "sms_sent");
        assertThat(breaches()).isEmpty();
    }

    @Test
    void findsWhatWasOfferedToAPhoneThatCameBackAfterTheSms() {
        sent("m").modem("m").session(64).shown("m").merged("m").ended("m", "sms_sent");
        assertThat(breaches()).containsExactly(Breach.TWO_CHANNELS);
    }

    /** With a credit of one it was offered only when the first had been acknowledged, and the one before that told. */
    @Test
    void findsWhatWasOfferedAfterTheSmsInTheSameSession() {
        session(1).sent("first").sent("second").sent("m").centre("m", 1, 1);
        shown("first").shown("second").shown("m").merged("m");
        ended("first", "delivered").ended("second", "delivered").ended("m", "sms_delivered");
        assertThat(breaches()).containsExactly(Breach.TWO_CHANNELS);
    }

    /** A deadline gives back the credit that a message took. */
    @Test
    void excusesWhatWasOfferedBeyondTheCreditWhenOthersHadEnded() {
        session(1)
                .sent("first")
                .sent("second")
                .sent("m")
                .modem("first")
                .modem("second")
                .modem("m");
        shown("first")
                .shown("second")
                .shown("m")
                .merged("first")
                .merged("second")
                .merged("m");
        ended("first", "sms_sent").ended("second", "sms_sent").ended("m", "sms_sent");
        assertThat(breaches()).isEmpty();
    }

    @Test
    void findsASecondSms() {
        sent("parts").centre("parts", 1, 2).centre("parts", 2, 2).centre("parts", 2, 2);
        ended("parts", "sms_delivered");
        sent("both").modem("both").centre("both", 1, 1).ended("both", "sms_sent");
        assertThat(breaches()).containsExactly(Breach.DUPLICATED, Breach.DUPLICATED);
    }

    @Test
    void findsASecondSmsOfAnotherLength() {
        sent("m").centre("m", 1, 1).centre("m", 2, 3).ended("m", "sms_unknown");
        assertThat(breaches()).containsExactly(Breach.DUPLICATED);
    }

    @Test
    void findsAnSmsThatIsSaidToHaveArrivedAndDidNot() {
        sent("none").refused("none").ended("none", "sms_delivered");
        sent("half").centre("half", 1, 2).ended("half", "sms_delivered");
        sent("modem").ended("modem", "sms_sent");
        sent("shown").ended("shown", "delivered");
        assertThat(breaches()).containsOnly(Breach.LOST).hasSize(4);
    }

    @Test
    void findsAnSmsOfWhatIsSaidToHaveEndedWithout() {
        sent("m").centre("m", 1, 1).ended("m", "expired");
        sent("n").modem("n").ended("n", "rejected");
        assertThat(breaches()).containsExactly(Breach.UNEXPECTED, Breach.UNEXPECTED);
    }

    @Test
    void findsAnSmsThatNobodyWrote() {
        sent("m").shown("m").ended("m", "delivered").centre("forged", 1, 1);
        assertThat(breaches()).containsExactly(Breach.UNEXPECTED);
    }

    @Test
    void findsASenderWhoNeverHeardOfItsSms() {
        sent("m").centre("m", 1, 1);
        assertThat(breaches()).containsExactly(Breach.UNTERMINATED);
    }

    private List<Breach> breaches() {
        return HistoryChecker.check(history).violations().stream()
                .map(Verdict.Violation::breach)
                .toList();
    }

    private ChannelsTest sent(String id) {
        return add(new Sent(now(), "A", "B", id, now(), "digest"));
    }

    private ChannelsTest shown(String id) {
        return add(new Delivered(now(), "B", id, "digest"));
    }

    private ChannelsTest modem(String id) {
        return add(new SentAsSms(now(), "A", id));
    }

    private ChannelsTest centre(String id, int part, int parts) {
        return add(new AtCentre(now(), id, part, parts, true));
    }

    private ChannelsTest refused(String id) {
        return add(new AtCentre(now(), id, 1, 1, false));
    }

    private ChannelsTest merged(String id) {
        return add(new Merged(now(), "B", id));
    }

    private ChannelsTest session(int credit) {
        return add(new Session(now(), "B", now(), credit));
    }

    private ChannelsTest ended(String id, String outcome) {
        return add(new Ended(now(), "A", id, outcome));
    }

    private long now() {
        return history.size();
    }

    private ChannelsTest add(HistoryEvent event) {
        history.add(event);
        return this;
    }
}
