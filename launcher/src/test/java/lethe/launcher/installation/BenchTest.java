package lethe.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import lethe.loadtest.bench.Bench;
import lethe.loadtest.bench.BenchPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class BenchTest {
    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void measuresWhatAMessageCostsTheBroker() throws Exception {
        var plan = new BenchPlan(20, Duration.ofSeconds(1), Duration.ofSeconds(2), 200);
        var report = new Bench(plan, SharedInstallation.get(), System.err::println).run();
        assertThat(report.messages()).isPositive();
        assertThat(report.otherEnds()).isZero();
        assertThat(report.brokerTime()).isPositive();
        assertThat(report.latencies().total()).isEqualTo(report.messages());
        assertThat(report.figures()).containsKeys("msg_per_s", "broker_cpu_ms_per_1000", "p50_us", "p99_us");
    }
}
