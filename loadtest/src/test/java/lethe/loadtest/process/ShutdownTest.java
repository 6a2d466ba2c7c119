package lethe.loadtest.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ShutdownTest {
    @Test
    void hasBegunWhenTheFirstHookRuns() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classPath = System.getProperty("java.class.path");
        var process = new ProcessBuilder(java, "-cp", classPath, ShutdownTest.class.getName()).start();
        assertThat(process.inputReader(StandardCharsets.UTF_8).lines()).containsExactly("false", "true");
    }

    /** Says whether it is ending, before it does and when it does. */
    public static void main(String[] arguments) {
        say();
        Runtime.getRuntime().addShutdownHook(new Thread(ShutdownTest::say));
    }

    private static void say() {
        System.out.println(Shutdown.hasBegun());
    }
}
