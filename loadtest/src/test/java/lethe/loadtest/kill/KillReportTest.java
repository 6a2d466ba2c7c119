package lethe.loadtest.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import lethe.loadtest.history.Breach;
import lethe.loadtest.history.Verdict;
import lethe.loadtest.history.Verdict.Violation;
import org.junit.jupiter.api.Test;

class KillReportTest {
    private static final Verdict GOOD = new Verdict(100, 100, List.of());
    private static final Map<Victim, Integer> ALL = Map.of(Victim.BROKER, 1, Victim.CASSANDRA, 1, Victim.BOTH, 1);

    @Test
    void passesWhenEverythingArrivedAndEveryOutageWasTold() {
        assertThat(report(GOOD, ALL, 0, 7, 0).passed()).isTrue();
    }

    @Test
    void failsWhenAPromiseIsBroken() {
        Violation lost = new Violation(Breach.LOST, "id", "arrived nowhere");
        assertThat(report(new Verdict(100, 100, List.of(lost)), ALL, 0, 7, 0).passed())
                .isFalse();
    }

    @Test
    void failsWhenNotAllWasSentOrNotAllArrived() {
        assertThat(report(new Verdict(99, 99, List.of()), ALL, 0, 7, 0).passed())
                .isFalse();
        assertThat(report(new Verdict(100, 99, List.of()), ALL, 0, 7, 0).passed())
                .isFalse();
    }

    @Test
    void failsWhenAnOutageWasNotTold() {
        assertThat(report(GOOD, ALL, 1, 7, 0).passed()).isFalse();
    }

    @Test
    void failsWhenNothingWentOnWithoutCassandra() {
        assertThat(report(GOOD, ALL, 0, 0, 0).passed()).isFalse();
        assertThat(report(GOOD, Map.of(Victim.BROKER, 3), 0, 0, 0).passed()).isTrue();
    }

    /** What the broker still has for them would come to light only then. */
    @Test
    void failsWhenAPhoneDidNotComeBack() {
        assertThat(report(GOOD, ALL, 0, 7, 1).passed()).isFalse();
    }

    private static KillReport report(
            Verdict verdict, Map<Victim, Integer> kills, int unnoticed, int liveWhileDown, int absent) {
        return new KillReport(verdict, 100, kills, unnoticed, liveWhileDown, Duration.ZERO, 5, absent, 20, 1, 1_000);
    }
}
