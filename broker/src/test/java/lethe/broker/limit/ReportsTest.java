package lethe.broker.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import lethe.core.block.ReportReason;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private static final long MALLORY = 1;
    private static final long ALICE = 2;

    private final HandClock clock = new HandClock();
    private final Reports reports = new Reports(new ReportSettings(3, Duration.ofHours(12), 6), clock);

    @Test
    void leavesASenderAloneUntilEnoughHaveReportedIt() {
        reports.note(10, MALLORY, ReportReason.SPAM);
        reports.note(11, MALLORY, ReportReason.FRAUD);
        assertThat(sends(MALLORY, 5)).isEqualTo(5);

        reports.note(12, MALLORY, ReportReason.SPAM);
        assertThat(sends(MALLORY, 5)).isEqualTo(1);
        assertThat(sends(ALICE, 5)).isEqualTo(5);
        assertThat(reports.restrained()).isEqualTo(1);
    }

    @Test
    void letsAReportedSenderSendLittleAndSaysWhen() {
        restrain();
        sends(MALLORY, 1);

        assertThat(reports.take(MALLORY, clock.instant())).contains(Duration.ofSeconds(10));
        clock.pass(Duration.ofSeconds(10));
        assertThat(reports.take(MALLORY, clock.instant())).isEmpty();
    }

    @Test
    void forgivesWhenTheTimeIsOver() {
        restrain();
        clock.pass(Duration.ofHours(12));

        assertThat(sends(MALLORY, 5)).isEqualTo(5);
        assertThat(reports.restrained()).isZero();
    }

    @Test
    void countsAReporterOnceADay() {
        for (int i = 0; i < 10; i++) {
            reports.note(10, MALLORY, ReportReason.SPAM);
        }
        assertThat(sends(MALLORY, 5)).isEqualTo(5);
        assertThat(reports.count(ReportReason.SPAM)).isEqualTo(10);
    }

    @Test
    void forgetsReportsAfterADay() {
        reports.note(10, MALLORY, ReportReason.SPAM);
        reports.note(11, MALLORY, ReportReason.SPAM);
        clock.pass(Duration.ofDays(1));
        reports.note(12, MALLORY, ReportReason.SPAM);

        assertThat(sends(MALLORY, 5)).isEqualTo(5);
    }

    @Test
    void doesNotLetTheSameReportersProlongIt() {
        restrain();
        clock.pass(Duration.ofHours(11));
        restrain();
        reports.note(13, MALLORY, ReportReason.SPAM);
        clock.pass(Duration.ofHours(1));

        assertThat(sends(MALLORY, 5)).isEqualTo(5);
    }

    @Test
    void isSetWithinBounds() {
        assertThatThrownBy(() -> new ReportSettings(0, Duration.ofHours(1), 1))
                .hasMessageContaining("lethe.reports.threshold");
        assertThatThrownBy(() -> new ReportSettings(101, Duration.ofHours(1), 1))
                .hasMessageContaining("lethe.reports.threshold");
        assertThatThrownBy(() -> new ReportSettings(1, Duration.ZERO, 1))
                .hasMessageContaining("lethe.reports.restrained");
        assertThatThrownBy(() -> new ReportSettings(1, Duration.ofHours(1), 0))
                .hasMessageContaining("sends-per-minute");
    }

    private void restrain() {
        for (long reporter = 10; reporter < 13; reporter++) {
            reports.note(reporter, MALLORY, ReportReason.SPAM);
        }
    }

    private int sends(long sender, int tries) {
        int sent = 0;
        for (int i = 0; i < tries; i++) {
            sent += reports.take(sender, clock.instant()).isEmpty() ? 1 : 0;
        }
        return sent;
    }

    private static final class HandClock extends Clock {
        private Instant now = Instant.parse("2026-11-28T00:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
