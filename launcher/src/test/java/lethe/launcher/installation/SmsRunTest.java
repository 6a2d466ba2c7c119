package lethe.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import lethe.loadtest.sms.SmsPlan;
import lethe.loadtest.sms.SmsRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * In full size with {@code -Dlethe.long=true}: 50 pairs, 10,000 messages, 12 kills. {@code ./lethe drill sms} runs the
 * same against the shipped settings.
 */
class SmsRunTest {
    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void aMessageGoesOneWayWhoeverComesAndGoesAroundItsDeadline() throws Exception {
        long seed = Long.getLong("lethe.seed", 1);
        var plan = SharedInstallation.isLong() ? SmsPlan.of(50, 10_000, 12, seed) : SmsPlan.of(20, 500, 2, seed);
        var report = new SmsRun(
                        plan, SharedInstallation.get(), null, SharedInstallation.file("sms.jsonl"), System.err::println)
                .run();
        assertThat(report.verdict().violations()).as("seed %d", seed).isEmpty();
        assertThat(report.passed()).as("%s", report.figures()).isTrue();
    }
}
