package lethe.persistence.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.scalatestplus.junit.JUnitSuite;

/** {@code lethe cassandra} says when it is ready, and leaves no server behind when it is killed. */
public class CassandraCommandTest extends JUnitSuite {

    private Path directory = Path.of("");

    @Before
    public void createDirectory() throws IOException {
        directory = Files.createTempDirectory("lethe-command-");
    }

    @After
    public void erase() throws IOException {
        SharedCassandra.erase(directory);
    }

    @Test
    public void endsTheServerEvenIfItIsKilledItself() throws IOException {
        var command = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Dlethe.home=" + System.getProperty("lethe.home"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CassandraMain.class.getName(),
                        "--data",
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = new BufferedReader(new InputStreamReader(command.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(output.readLine()).matches("cassandra ready 127\\.\\d+\\.\\d+\\.\\d+:\\d+");
            var processId = directory.resolve("cassandra.pid");
            var server = ProcessHandle.of(
                            Long.parseLong(Files.readString(processId).strip()))
                    .orElseThrow();
            command.destroyForcibly();
            // The shell between the two removes the file last.
            await().atMost(Duration.ofSeconds(30)).until(() -> !server.isAlive() && !Files.exists(processId));
        } finally {
            command.destroyForcibly();
        }
    }
}
