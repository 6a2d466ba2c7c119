package lethe.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import lethe.loadtest.demo.Demo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DemoTest {
    private final StringWriter out = new StringWriter();

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void everyStepOfTheStoryIsVerified() throws Exception {
        var passed = Demo.forPrograms(
                        new PrintWriter(out),
                        new PrintWriter(System.err, true, java.nio.charset.StandardCharsets.UTF_8))
                .run();
        assertThat(passed).as("%s", out).isTrue();
        assertThat(out.toString().lines())
                .hasSizeGreaterThan(8)
                .allMatch(line -> line.startsWith("{\"step\":\"") || line.equals("{\"demo\":\"passed\"}"))
                .endsWith("{\"demo\":\"passed\"}");
    }
}
