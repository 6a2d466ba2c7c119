package lethe.registrar.gateway;

import static lethe.registrar.gateway.Installed.config;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import lethe.core.protocol.SmsEnd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Against a centre that others wrote: npm {@code smpp}. Left out where npm cannot be had; {@link RawCentreTest} is not.
 */
class NodeCentreTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private Process centre;
    private BufferedReader lines;
    private int port;

    @BeforeEach
    void start() throws Exception {
        Path home = Files.createDirectories(directory.resolve("node"));
        assumeTrue(install(home), "npm smpp can be had");
        Path script = home.resolve("smsc.js");
        try (InputStream source = Objects.requireNonNull(NodeCentreTest.class.getResourceAsStream("smsc.js"))) {
            Files.copy(source, script);
        }
        centre = new ProcessBuilder("node", script.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        lines = new BufferedReader(new InputStreamReader(centre.getInputStream(), StandardCharsets.UTF_8));
        port = next().get("port").asInt();
    }

    private static boolean install(Path home) throws InterruptedException {
        try {
            Process npm = new ProcessBuilder("npm", "install", "--no-audit", "--no-fund", "smpp@0.5.1")
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (npm.waitFor(60, TimeUnit.SECONDS)) {
                return npm.exitValue() == 0;
            }
            npm.destroyForcibly();
            return false;
        } catch (IOException notInstalled) {
            return false;
        }
    }

    private JsonNode next() throws IOException {
        return JSON.readTree(Objects.requireNonNull(lines.readLine()));
    }

    @AfterEach
    void stop() throws Exception {
        if (centre != null) {
            centre.getOutputStream().close();
            assertThat(centre.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void sendsTextsOfBothAlphabetsAndHearsOfAllParts() throws Exception {
        for (String joining : List.of("udh-8", "udh-16", "sar")) {
            try (Installed gateway = new Installed(
                    directory.resolve(joining), config(port, "ids = hex-decimal", "joining = " + joining))) {
                for (String text : List.of("@£$¥ {ext} €", "x".repeat(400), "Привет 👋 ".repeat(12))) {
                    var id = gateway.sent(text);
                    assertThat(gateway.end(id)).as("%s %s", joining, text).isEqualTo(SmsEnd.DELIVERED);

                    StringBuilder whole = new StringBuilder();
                    int count = text.length() < 100 ? 1 : text.startsWith("x") ? 3 : 2;
                    for (int i = 0; i < count; i++) {
                        JsonNode part = next();
                        whole.append(part.get("text").asText());
                        assertThat(part.get("to").asText()).isEqualTo("4915110000001");
                        assertThat(part.get("registered").asInt()).isEqualTo(1);
                        boolean header = count > 1 && !joining.equals("sar");
                        assertThat(part.get("udh").asText().isEmpty()).isEqualTo(!header);
                        assertThat(part.path("place").asInt()).isEqualTo(count > 1 && !header ? i + 1 : 0);
                    }
                    assertThat(whole).as(joining).hasToString(text);
                }
            }
        }
    }
}
