package lethe.loadtest.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Another Java process, whose sets have other orders and whose objects other hash codes, does the same run. */
class SameEverywhereTest {
    private static final SimulationPlan PLAN = SimulationPlan.drawn(11, 3_000);

    /** Prints the digest. */
    static final class Elsewhere {
        private Elsewhere() {}

        public static void main(String[] arguments) {
            System.out.print(Simulation.run(PLAN).digest());
        }
    }

    @Test
    void isTheSameRunInAnotherProcess() throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process other = new ProcessBuilder(
                        java.toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Elsewhere.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String digest = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(digest).isEqualTo(String.valueOf(Simulation.run(PLAN).digest()));
        } finally {
            other.destroyForcibly();
        }
    }
}
