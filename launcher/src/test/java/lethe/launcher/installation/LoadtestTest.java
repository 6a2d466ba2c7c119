package lethe.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import lethe.loadtest.LoadtestCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** The simulations in small; in full they are run by hand. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LoadtestTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter said = new StringWriter();

    @Test
    void everyMessageOfAChatArrives() throws Exception {
        assertThat(run("LiveChat", "pairs=3", "rate=30", "seconds=1", "ramp=1", "p99=30000"))
                .as("%s", said)
                .isZero();
        assertThat(summary().path("delivered").asInt()).isPositive();
        assertThat(summary().path("lost").asInt(-1)).isZero();
    }

    @Test
    void everyMessageOfABurstIsHeldAndArrives() throws Exception {
        assertThat(run("OfflineBurst", "pairs=3", "messages=5", "ramp=1", "p99=30000"))
                .as("%s", said)
                .isZero();
        assertThat(summary().path("held").asInt()).isEqualTo(15);
        assertThat(summary().path("delivered").asInt()).isEqualTo(15);
        assertThat(summary().path("lost").asInt(-1)).isZero();
    }

    @Test
    void allPhonesOfAStormAreConnectedAtOnce() throws Exception {
        assertThat(run("ConnectStorm", "phones=6", "seconds=1", "stay=1", "p99=30000"))
                .as("%s", said)
                .isZero();
        assertThat(summary().path("connected_at_once").asInt()).isEqualTo(6);
        assertThat(summary().path("unfinished").asInt(-1)).isZero();
    }

    @Test
    void everyMessageToSlowPhonesArrivesWhenTheyAreWell() throws Exception {
        assertThat(run(
                        "SlowPhones",
                        "well=1",
                        "late=1",
                        "never=1",
                        "delay=1",
                        "credit=1",
                        "burst=3",
                        "rate=5",
                        "seconds=1",
                        "p99=30000"))
                .as("%s", said)
                .isZero();
        assertThat(summary().path("held").asInt()).isPositive();
        assertThat(summary().path("lost").asInt(-1)).isZero();
    }

    @Test
    void aClaimThatDoesNotHoldIsItsExitCode() throws Exception {
        assertThat(run("OfflineBurst", "pairs=1", "messages=1", "ramp=1", "p99=1"))
                .as("%s", said)
                .isEqualTo(2);
    }

    private int run(String simulation, String... parameters) {
        var command = new CommandLine(new LoadtestCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(said));
        var arguments = new ArrayList<String>();
        arguments.add(simulation);
        arguments.add("--json");
        arguments.add("--address");
        arguments.add(SharedInstallation.get().address().getAuthority());
        for (var parameter : parameters) {
            arguments.add("-D");
            arguments.add(parameter);
        }
        return command.execute(arguments.toArray(String[]::new));
    }

    private JsonNode summary() throws Exception {
        assertThat(out.toString().lines()).hasSize(1);
        return new JsonMapper().readTree(out.toString());
    }
}
