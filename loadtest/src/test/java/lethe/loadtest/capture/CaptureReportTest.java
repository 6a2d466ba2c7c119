package lethe.loadtest.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import lethe.loadtest.capture.CaptureReport.Controls;
import lethe.loadtest.capture.CaptureReport.Found;
import org.junit.jupiter.api.Test;

class CaptureReportTest {
    private static final Found NOTHING = new Found(0, 0, 0, 0, 0);
    private static final Controls POSITIVE = new Controls(604, 604, 906, 948, 2, 2, 1, 2, 8, 8, true);

    @Test
    void passesWhenNothingIsFoundAndAllControlsFind() {
        assertThat(report(NOTHING, POSITIVE).passed()).isTrue();
    }

    @Test
    void failsWhereverSomethingIsFound() {
        assertThat(report(new Found(1, 0, 0, 0, 0), POSITIVE).passed()).isFalse();
        assertThat(report(new Found(0, 1, 0, 0, 0), POSITIVE).passed()).isFalse();
        assertThat(report(new Found(0, 0, 1, 0, 0), POSITIVE).passed()).isFalse();
        assertThat(report(new Found(0, 0, 0, 1, 0), POSITIVE).passed()).isFalse();
        assertThat(report(new Found(0, 0, 0, 0, 1), POSITIVE).passed()).isFalse();
    }

    @Test
    void failsWhenAControlDoesNotFindWhatIsThere() {
        assertFails(new Controls(604, 603, 906, 948, 2, 2, 1, 2, 8, 8, true));
        assertFails(new Controls(604, 604, 905, 948, 2, 2, 1, 2, 8, 8, true));
        assertFails(new Controls(604, 604, 906, 947, 2, 2, 1, 2, 8, 8, true));
        assertFails(new Controls(604, 604, 906, 948, 0, 2, 1, 2, 8, 8, true));
        assertFails(new Controls(604, 604, 906, 948, 2, 2, 1, 1, 8, 8, true));
        assertFails(new Controls(604, 604, 906, 948, 2, 2, 1, 2, 8, 7, true));
        assertFails(new Controls(604, 604, 906, 948, 2, 2, 1, 2, 0, 0, true));
        assertFails(new Controls(604, 604, 906, 948, 2, 2, 1, 2, 8, 8, false));
        assertFails(new Controls(0, 0, 906, 948, 2, 2, 1, 2, 8, 8, true));
    }

    @Test
    void namesItsFiguresAsScriptsReadThem() {
        assertThat(report(new Found(0, 3, 0, 0, 0), POSITIVE).figures())
                .containsEntry("drill", "capture")
                .containsEntry("passed", false)
                .containsEntry("found_at_broker", 3)
                .containsEntry("found_on_wire", 0)
                .containsEntry("control", true)
                .containsEntry("numbers_at_verifier_afterwards", 2)
                .containsEntry("numbers_at_verifier_reused", 1)
                .containsEntry("places", Map.of("broker_files", Map.of("imsi", 0)));
    }

    private static void assertFails(Controls controls) {
        assertThat(report(NOTHING, controls).passed()).isFalse();
    }

    private static CaptureReport report(Found found, Controls controls) {
        return new CaptureReport(906, 300, 948, found, controls, Map.of("broker_files", Map.of("imsi", 0)), 1);
    }
}
