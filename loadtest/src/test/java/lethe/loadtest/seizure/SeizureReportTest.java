package lethe.loadtest.seizure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import lethe.loadtest.seizure.SeizureReport.Controls;
import org.junit.jupiter.api.Test;

class SeizureReportTest {
    private static final Map<String, Integer> KEYS = keysFound(0, 90);
    private static final Controls POSITIVE = new Controls(90, 90, KEYS, 18);

    @Test
    void passesWhenNothingIsFoundAndAllControlsFind() {
        assertThat(report(0, 0, POSITIVE).passed()).isTrue();
    }

    @Test
    void failsWhenAMarkerIsFound() {
        assertThat(report(1, 0, POSITIVE).passed()).isFalse();
    }

    @Test
    void failsWhenAMessageCanStillBeRead() {
        assertThat(report(0, 1, POSITIVE).passed()).isFalse();
    }

    @Test
    void failsWhenAControlDoesNotFindWhatIsThere() {
        assertThat(report(0, 0, new Controls(0, 0, KEYS, 18)).passed()).isFalse();
        assertThat(report(0, 0, new Controls(90, 89, KEYS, 18)).passed()).isFalse();
        assertThat(report(0, 0, new Controls(90, 90, keysFound(90, 89), 18)).passed())
                .isFalse();
        assertThat(report(0, 0, new Controls(90, 90, KEYS, 0)).passed()).isFalse();
    }

    @Test
    void namesItsFiguresAsScriptsReadThem() {
        assertThat(report(2, 0, POSITIVE).figures())
                .containsEntry("drill", "seizure")
                .containsEntry("passed", false)
                .containsEntry("markers", 210)
                .containsEntry("found", 2)
                .containsEntry("control_before_ack", 90)
                .containsEntry("control_unsealed", 18)
                .containsEntry("places", Map.of("logs", Map.of("content", 2)));
    }

    private static Map<String, Integer> keysFound(int onDisk, int inMemory) {
        return Map.of("disk", onDisk, MarkedRun.MEMORY_BEFORE, inMemory);
    }

    private static SeizureReport report(int found, int opened, Controls controls) {
        return new SeizureReport(210, found, opened, controls, Map.of("logs", Map.of("content", found)), 1);
    }
}
