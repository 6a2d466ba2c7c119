package lethe.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lethe.loadtest.evidence.NotPossible;
import lethe.loadtest.process.InstallationPlan;
import lethe.loadtest.process.Scratch;
import lethe.loadtest.seizure.SeizurePlan;
import lethe.loadtest.seizure.SeizureReport;
import lethe.loadtest.seizure.SeizureRun;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Mounts a disk, captures traffic and reads the memory of processes, so it needs root. In full size with
 * {@code -Dlethe.long=true}: 1,000 messages, epochs of 10 s, as {@code ./lethe drill seizure}. Not on the shared
 * installation: it is taken apart.
 */
@EnabledOnOs(OS.LINUX)
class SeizureTest {
    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void nothingThatWasAcknowledgedIsFoundWhenEverythingIsSeized() throws Exception {
        var plan = SharedInstallation.isLong()
                ? new SeizurePlan(1_000, 20, Duration.ofSeconds(10))
                : new SeizurePlan(50, 5, Duration.ofSeconds(5));
        var report = run(plan);
        assertThat(report.controls().arePositive())
                .as("controls find what is there: %s", report.figures())
                .isTrue();
        assertThat(report.found()).as("found: %s", report.figures()).isZero();
        assertThat(report.opened()).as("opened: %s", report.figures()).isZero();
    }

    private static SeizureReport run(SeizurePlan plan) throws IOException, InterruptedException {
        var scratch = Scratch.create("seizure");
        try {
            return new SeizureRun(plan, SeizureTest::quick, scratch.directory(), scratch::erase, System.err::println)
                    .run();
        } catch (NotPossible missing) {
            // Where everything is tested, nothing is left out that could be installed.
            if (missing.isInstallable() && System.getenv("CI") != null) {
                fail(missing);
            }
            System.err.println("SKIPPED: " + missing.getMessage());
            Assumptions.abort(missing.getMessage());
            throw missing;
        } finally {
            scratch.erase();
        }
    }

    /** On a smaller heap, in which less is to be searched, and compiled with less work. */
    private static InstallationPlan quick(InstallationPlan shipped) {
        var java = new ArrayList<>(shipped.brokerJava());
        java.addAll(List.of("-Xmn64m", "-Xms128m", "-Xmx512m", "-XX:TieredStopAtLevel=1"));
        return shipped.withBrokerJava(java.toArray(String[]::new));
    }
}
