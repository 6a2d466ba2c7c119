package lethe.loadtest.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class NarrationTest {
    private static final Step GOOD =
            new Step("good", "Try it", () -> Seen.that("it works").with("messages", 3));
    private static final Step BAD = new Step("bad", "Try that", () -> {
        throw new NotVerified("it does not");
    });
    private static final Step NEVER = new Step("never", "Never", () -> {
        throw new AssertionError("a step after a failed one");
    });

    private final StringWriter out = new StringWriter();
    private final StringWriter people = new StringWriter();

    @Test
    void everyStepIsOneLineOfJsonAndThenTheEnd() throws Exception {
        assertThat(json(false).run(List.of(GOOD, GOOD))).isTrue();
        assertThat(out.toString().lines().map(line -> line.replaceAll("\"took_ms\":\\d+", "\"took_ms\":0")))
                .containsExactly(
                        "{\"step\":\"good\",\"ok\":true,\"took_ms\":0,\"messages\":3}",
                        "{\"step\":\"good\",\"ok\":true,\"took_ms\":0,\"messages\":3}",
                        "{\"demo\":\"passed\"}");
    }

    @Test
    void endsAtTheFirstStepThatIsNotVerified() throws Exception {
        assertThat(json(false).run(List.of(GOOD, BAD, NEVER))).isFalse();
        assertThat(out.toString().lines().skip(1))
                .containsExactly(
                        "{\"step\":\"bad\",\"ok\":false,\"why\":\"it does not\"}",
                        "{\"demo\":\"failed\",\"step\":\"bad\"}");
        assertThat(people.toString()).contains("FAILED  it does not", "/tmp/evidence");
    }

    @Test
    void saysNothingOfAStepThatWasInterrupted() throws Exception {
        assertThat(json(true).run(List.of(BAD))).isFalse();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void tellsPeopleWhatIsTriedAndWhatWasSeen() throws Exception {
        var narrator = new TextNarrator(new PrintWriter(out));
        assertThat(new Narration(narrator, () -> false, "").run(List.of(GOOD))).isTrue();
        assertThat(out.toString()).contains(" 1/1  Try it", "ok  it works", "The demo passed");
    }

    private Narration json(boolean interrupted) {
        var narrator = new JsonNarrator(new PrintWriter(out), new TextNarrator(new PrintWriter(people)));
        return new Narration(narrator, () -> interrupted, "/tmp/evidence");
    }
}
