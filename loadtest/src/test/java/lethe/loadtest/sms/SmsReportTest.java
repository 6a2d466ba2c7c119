package lethe.loadtest.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import lethe.loadtest.history.Breach;
import lethe.loadtest.history.Verdict;
import lethe.loadtest.history.Verdict.Violation;
import org.junit.jupiter.api.Test;

class SmsReportTest {
    private static final Verdict GOOD = new Verdict(100, 60, List.of());
    private static final Map<String, Integer> BOTH_WAYS = Map.of("delivered", 60, "sms_sent", 40);

    @Test
    void passesWhenEachWentOneWayAndSomeWentEach() {
        assertThat(report(GOOD, BOTH_WAYS, 0).passed()).isTrue();
    }

    @Test
    void failsWhenAPromiseIsBroken() {
        for (Breach breach : Breach.values()) {
            Verdict bad = new Verdict(100, 60, List.of(new Violation(breach, "id", "why")));
            assertThat(report(bad, BOTH_WAYS, 0).passed()).as(breach.word()).isFalse();
        }
    }

    @Test
    void countsBothChannelsAndOneTwiceAsDouble() {
        Verdict bad = new Verdict(
                100,
                60,
                List.of(
                        new Violation(Breach.TWO_CHANNELS, "one", "why"),
                        new Violation(Breach.DUPLICATED, "other", "why"),
                        new Violation(Breach.LOST, "third", "why")));
        assertThat(report(bad, BOTH_WAYS, 0).figures())
                .containsEntry("double", 2)
                .containsEntry("lost", 1);
    }

    @Test
    void failsWhenNotAllWasSentOrAPhoneDidNotComeBack() {
        assertThat(report(new Verdict(99, 60, List.of()), BOTH_WAYS, 0).passed())
                .isFalse();
        assertThat(report(GOOD, BOTH_WAYS, 1).passed()).isFalse();
    }

    @Test
    void failsWhenThereWasNoRace() {
        assertThat(report(GOOD, Map.of("delivered", 100), 0).passed()).isFalse();
        assertThat(report(GOOD, Map.of("sms_delivered", 100), 0).passed()).isFalse();
    }

    @Test
    void beginsWithWhatIsCounted() {
        assertThat(report(GOOD, BOTH_WAYS, 0).figures().keySet())
                .startsWith("drill", "passed", "messages", "double", "lost", "unterminated");
    }

    private static SmsReport report(Verdict verdict, Map<String, Integer> outcomes, int absent) {
        return new SmsReport(verdict, 100, outcomes, 3, 0, 2, 50, absent, 1, 1_000);
    }
}
