package lethe.loadtest.seizure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SeizureReportTest {
    private static final SeizureReport CLEAN = new SeizureReport(210, 0, 90, 90, 18, Map.of(), true, 1);

    @Test
    void passesWhenNothingIsFoundAndBothControlsFind() {
        assertThat(CLEAN.passed()).isTrue();
    }

    @Test
    void failsWhenAnythingIsFound() {
        assertThat(new SeizureReport(210, 1, 90, 90, 18, Map.of(), true, 1).passed())
                .isFalse();
    }

    @Test
    void failsWhenAControlDoesNotFindWhatIsThere() {
        assertThat(new SeizureReport(210, 0, 0, 0, 18, Map.of(), true, 1).passed())
                .isFalse();
        assertThat(new SeizureReport(210, 0, 90, 89, 18, Map.of(), true, 1).passed())
                .isFalse();
        assertThat(new SeizureReport(210, 0, 90, 90, 0, Map.of(), true, 1).passed())
                .isFalse();
    }

    @Test
    void namesThePlacesAndKindsInItsFigures() {
        var places = Map.of("logs", Map.of(MarkerKind.CONTENT, 2));
        var report = new SeizureReport(210, 2, 90, 90, 18, places, true, 1);
        assertThat(report.figures())
                .containsEntry("drill", "seizure")
                .containsEntry("found", 2)
                .containsEntry("places", Map.of("logs", Map.of("content", 2)));
    }
}
