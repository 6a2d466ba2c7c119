package lethe.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import lethe.loadtest.kill.KillPlan;
import lethe.loadtest.kill.KillRun;
import lethe.loadtest.kill.Victim;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * In full size with {@code -Dlethe.long=true}: 50 pairs, 60,000 messages, 30 kills. {@code ./lethe drill kill} runs the
 * same against the shipped settings.
 */
class KillRunTest {
    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void aBrokerAndItsCassandraThatDieAgainAndAgainKeepTheirPromises() throws Exception {
        var plan = SharedInstallation.isLong()
                ? KillPlan.of(50, 60_000, 30, Long.getLong("lethe.seed", 1)).withLongOutages()
                : KillPlan.of(10, 2_000, 3, Long.getLong("lethe.seed", 1));
        var report = new KillRun(
                        plan, SharedInstallation.get(), SharedInstallation.file("kill.jsonl"), System.err::println)
                .run();
        assertThat(report.verdict().violations()).as("seed %d", plan.seed()).isEmpty();
        assertThat(report.passed()).as("%s", report.figures()).isTrue();
        assertThat(report.held()).as("messages that waited").isPositive();
        assertThat(Victim.values())
                .allSatisfy(victim ->
                        assertThat(report.kills(victim)).as(victim.word()).isEqualTo(plan.kills() / 3));
        assertThat(report.liveWhileDown()).as("messages without a store").isPositive();
    }
}
