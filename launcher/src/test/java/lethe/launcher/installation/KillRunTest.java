package lethe.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import lethe.loadtest.kill.KillPlan;
import lethe.loadtest.kill.KillRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * In full size with {@code -Dlethe.long=true}: 50 pairs, 20,000 messages, 6 kills. {@code ./lethe drill kill} runs the
 * same against the shipped settings.
 */
class KillRunTest {
    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void aBrokerThatDiesAgainAndAgainKeepsItsPromises() throws Exception {
        var plan = SharedInstallation.isLong()
                ? KillPlan.of(50, 20_000, 6, Long.getLong("lethe.seed", 1))
                : KillPlan.of(10, 2_000, 3, Long.getLong("lethe.seed", 1));
        var report = new KillRun(
                        plan, SharedInstallation.get(), SharedInstallation.file("kill.jsonl"), System.err::println)
                .run();
        assertThat(report.verdict().violations()).as("seed %d", plan.seed()).isEmpty();
        assertThat(report.passed()).as("%s", report.figures()).isTrue();
        assertThat(report.held()).as("messages that waited").isPositive();
    }
}
