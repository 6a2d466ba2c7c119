package lethe.broker.loops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PausesTest {
    @Test
    void growWithACollection() {
        Pauses pauses = new Pauses();
        long before = pauses.getAsLong();

        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            System.gc();
            assertThat(pauses.getAsLong()).isGreaterThan(before);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"PS MarkSweep", "PS Scavenge", "Copy", "MarkSweepCompact", "G1 Old Generation", "ZGC Pauses"})
    void areThoseOfCollectorsThatStop(String collector) {
        assertThat(Pauses.stops(collector)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ZGC Major Cycles", "Shenandoah Cycles", "G1 Concurrent GC"})
    void areNotWhatCollectorsDoBesideTheProgram(String collector) {
        assertThat(Pauses.stops(collector)).isFalse();
    }
}
