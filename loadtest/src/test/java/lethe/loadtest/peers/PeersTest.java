package lethe.loadtest.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lethe.loadtest.load.LoadPlan;
import lethe.loadtest.load.LoadReport;
import lethe.loadtest.load.LoadRun;
import lethe.loadtest.load.OfflineReport;
import lethe.loadtest.load.OfflineRun;
import lethe.loadtest.load.Target;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real brokers, each in a process of its own. */
@Timeout(180)
class PeersTest {
    private static final LoadPlan A_SECOND = LoadPlan.closed(3, 4, 256, Duration.ofMillis(100), Duration.ofSeconds(1));

    @Test
    void mosquittoCarriesEveryMessageOnceAndInOrder() throws Exception {
        require(Mosquitto.PACKAGE);
        assertCarries(Mosquitto.start());
    }

    @Test
    void ejabberdCarriesEveryMessageOnceAndInOrder() throws Exception {
        require(Ejabberd.PACKAGE);
        assertCarries(Ejabberd.start());
    }

    @Test
    void rabbitMqCarriesEveryMessageOnceAndInOrder() throws Exception {
        require(RabbitMq.PACKAGE);
        assertCarries(RabbitMq.start(false));
    }

    @Test
    void rabbitMqKeepsMessagesForRecipientsThatAreAway() throws Exception {
        require(RabbitMq.PACKAGE);
        try (Target broker = RabbitMq.start(true)) {
            OfflineReport report = new OfflineRun(broker, A_SECOND, 5, line -> {}).run();
            assertThat(report.passed()).as(report.toString()).isTrue();
        }
    }

    private static void assertCarries(Target broker) throws IOException, InterruptedException {
        List<ProcessHandle> processes;
        try (broker) {
            LoadReport report = new LoadRun(broker, A_SECOND, line -> {}).run();
            assertThat(report.live().messages()).isPositive();
            assertThat(report.tally().isSound()).as(report.toString()).isTrue();
            assertThat(broker.version()).matches("[0-9.]+");
            processes = broker.processes();
        }
        assertThat(processes).isNotEmpty();
        Awaitility.await()
                .atMost(20, TimeUnit.SECONDS)
                .until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** Where everything is tested, nothing is left out in silence. */
    private static void require(DebianPackage needed) {
        if (needed.isInstalled()) {
            return;
        }
        String missing = needed.name() + " is not installed: run ci/packages.sh as root";
        if (System.getenv("CI") != null) {
            fail(missing);
        }
        System.err.println("SKIPPED: " + missing);
        Assumptions.abort(missing);
    }
}
