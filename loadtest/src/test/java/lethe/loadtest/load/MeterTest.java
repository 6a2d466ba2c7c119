package lethe.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;

import lethe.loadtest.load.Meter.Counting;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class MeterTest {
    private static final long MILLI = 1_000_000;

    private static Histogram latencies(Meter meter) {
        var all = Meter.histogram();
        meter.addTo(all);
        return all;
    }

    @Test
    void countsWhatIsDoneWhileItIsOn() {
        var meter = new Meter(Counting.BY_END);
        meter.done(1, 1, 5 * MILLI);
        meter.begin(10 * MILLI);
        meter.done(9 * MILLI, 10 * MILLI, 11 * MILLI);
        meter.end(20 * MILLI);
        meter.done(19 * MILLI, 19 * MILLI, 21 * MILLI);
        assertThat(meter.done()).isEqualTo(1);
        assertThat(latencies(meter).getMaxValue()).isBetween(2_000L, 2_002L);
    }

    @Test
    void countsFromWhenAMessageWasSentLastApart() {
        var meter = new Meter(Counting.BY_END);
        meter.begin(10 * MILLI);
        meter.done(11 * MILLI, 14 * MILLI, 15 * MILLI);
        var admitted = Meter.histogram();
        meter.addAdmittedTo(admitted);
        assertThat(admitted.getMaxValue()).isBetween(1_000L, 1_001L);
    }

    /** A stall at the end is not left out because nothing ended in time. */
    @Test
    void countsWhatWasDueInTimeAndIsDoneLate() {
        var meter = new Meter(Counting.BY_DUE);
        meter.begin(10 * MILLI);
        meter.done(9 * MILLI, 10 * MILLI, 11 * MILLI);
        meter.end(20 * MILLI);
        meter.done(19 * MILLI, 19 * MILLI, 49 * MILLI);
        assertThat(latencies(meter).getTotalCount()).isEqualTo(1);
        assertThat(latencies(meter).getMaxValue()).isBetween(30_000L, 30_030L);
    }

    @Test
    void countsFromItsBeginningWhatWasDueBefore() {
        var meter = new Meter(Counting.FROM_BEGINNING);
        meter.begin(100 * MILLI);
        meter.done(1, 1, 103 * MILLI);
        assertThat(latencies(meter).getMaxValue()).isBetween(3_000L, 3_003L);
    }
}
