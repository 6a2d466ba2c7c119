package lethe.loadtest.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
    @TempDir
    Path directory;

    @Test
    void showsTheMedianOfTheRounds() {
        var medians = SomeResults.measured().medians(Run.Part.CLOSED, 1_000);
        assertThat(medians).extracting(Run::broker).containsExactly("relay", "lethe");
        assertThat(medians)
                .extracting(run -> run.figure("broker_cpu_ms_per_1000"))
                .containsExactly(11.0, 40.0);
    }

    @Test
    void theMedianOfAnEvenCountIsBetweenTheTwoInTheMiddle() {
        assertThat(Results.median(9, 1, 4, 2)).isEqualTo(3);
    }

    @Test
    void isTheSameAfterItWasWrittenAndRead() throws Exception {
        Path file = directory.resolve("compare.json");
        SomeResults.measured().write(file);
        assertThat(Results.read(file)).isEqualTo(SomeResults.measured());
    }
}
