package lethe.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lethe.loadtest.BenchCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import picocli.CommandLine;

@EnabledOnOs(OS.LINUX)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BenchTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void startsABrokerOfItsOwnAndFindsNoContentOnItsDisk() throws Exception {
        // A busy machine is no reason to write to a disk.
        var patient = "lethe.subscriber.hold-window=30s";
        var figures = bench("--pairs", "5", "--window", "3", "--seconds", "1", "--warm-up", "1", "--set", patient);
        assertThat(figures.get("messages").asLong()).isPositive();
        assertThat(figures.get("broker_cpu_ms_per_1000").asDouble()).isPositive();
        assertThat(figures.get("p50_us").asLong())
                .isPositive()
                .isLessThanOrEqualTo(figures.get("p99_us").asLong());
        assertThat(figures.get("held").asLong(-1)).isZero();
        assertThat(figures.get("files_with_content").asInt(-1)).isZero();
        assertSound(figures);
    }

    @Test
    void drainsEverythingThatWaitedForRecipientsWhoWereAway() throws Exception {
        var installation = SharedInstallation.get();
        var figures = bench(
                "--address",
                installation.address().getAuthority(),
                "--pid",
                Long.toString(installation.broker().pid()),
                "--offline",
                "--pairs",
                "4",
                "--waiting",
                "5",
                "--window",
                "5",
                "--warm-up",
                "0",
                "--seconds",
                "1");
        assertThat(figures.get("stored_messages").asLong()).isPositive();
        assertThat(figures.get("drained_messages").asLong())
                .isEqualTo(figures.get("stored_messages").asLong())
                .isEqualTo(figures.get("rounds").asLong() * 20);
        assertThat(figures.get("held").asLong()).isGreaterThanOrEqualTo(20);
        assertSound(figures);
    }

    private static void assertSound(JsonNode figures) {
        for (var wrong : List.of("lost", "duplicated", "reordered")) {
            assertThat(figures.get(wrong).asLong(-1)).as(wrong).isZero();
        }
    }

    private static JsonNode bench(String... arguments) throws Exception {
        var all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        var out = new StringWriter();
        int code =
                new CommandLine(new BenchCommand()).setOut(new PrintWriter(out)).execute(all.toArray(String[]::new));
        assertThat(code).as("%s", out).isZero();
        return JSON.readTree(out.toString());
    }
}
