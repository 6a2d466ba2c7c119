package lethe.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lethe.loadtest.process.Program;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Captures traffic and reads the memory of processes, so it needs root, tcpdump and tshark. A process of its own: it
 * changes how its Java does TLS.
 */
@EnabledOnOs(OS.LINUX)
class CaptureTest {
    private static final int NOT_POSSIBLE = 77;

    @TempDir
    private Path directory;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void nobodyWhoCarriesMessagesSawWhoseTheyAre() throws Exception {
        JsonNode figures = new JsonMapper().readTree(drill());
        assertThat(figures.path("control").asBoolean())
                .as("controls find what is there: %s", figures)
                .isTrue();
        assertThat(figures.path("found_at_broker").asInt(-1))
                .as("found: %s", figures)
                .isZero();
        assertThat(figures.path("found_on_wire").asInt(-1))
                .as("found: %s", figures)
                .isZero();
        assertThat(figures.path("found_at_tagger").asInt(-1))
                .as("found: %s", figures)
                .isZero();
        assertThat(figures.path("found_at_verifier").asInt(-1))
                .as("found: %s", figures)
                .isZero();
        assertThat(figures.path("passed").asBoolean()).as("passed: %s", figures).isTrue();
    }

    /** The only line on standard output. */
    private String drill() throws Exception {
        Path progress = directory.resolve("progress.txt");
        List<String> java =
                List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+DisplayVMOutputToStderr", "-Xmx512m");
        Process drill = new ProcessBuilder(Program.current().command(java, List.of("drill", "capture", "--json")))
                .redirectError(progress.toFile())
                .start();
        try {
            String printed = new String(drill.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (drill.waitFor() == NOT_POSSIBLE) {
                leaveOut(Files.readString(progress));
            }
            assertThat(printed.lines()).as(Files.readString(progress)).hasSize(1);
            return printed;
        } finally {
            drill.destroy();
        }
    }

    /** Where everything is tested, nothing is left out that could be installed. */
    private static void leaveOut(String why) {
        if (why.contains("ci/packages.sh") && System.getenv("CI") != null) {
            fail(why);
        }
        System.err.println("SKIPPED: " + why);
        Assumptions.abort(why);
    }
}
