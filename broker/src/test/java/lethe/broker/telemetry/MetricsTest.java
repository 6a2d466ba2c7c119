package lethe.broker.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import lethe.broker.sms.PutOutcome;
import lethe.broker.sms.ReportOutcome;
import lethe.broker.sms.SmsCounts;
import lethe.persistence.audit.AuditedKind;
import lethe.persistence.audit.RetentionCount;
import lethe.persistence.audit.RetentionReport;
import lethe.persistence.fence.Losses;
import lethe.persistence.seal.EpochKeys;
import lethe.persistence.seal.Epochs;
import lethe.persistence.seal.KeyEscrow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private static final Instant NOW = Instant.parse("2026-11-28T10:07:00Z");

    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final AtomicReference<@Nullable RetentionReport> report = new AtomicReference<>();
    private final Metrics metrics = new Metrics(() -> Optional.ofNullable(report.get()), clock);

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void saysNothingOfRetentionBeforeAnAudit() {
        assertThat(told().descriptions()).doesNotContainKey("lethe_retention_audit_age_seconds");
        assertThat(metrics.text(Exposition.TEXT)).doesNotContain("lethe_retention");
    }

    @Test
    void tellsWhatTheLastAuditCounted() {
        report.set(counted(Duration.ofSeconds(90), new RetentionCount(7, Duration.ofHours(2), 1, 2, 3, 6)));

        Exposition told = told();
        assertThat(told.value("lethe_retention_rows{kind=\"held\"}")).isEqualTo("7.0");
        assertThat(told.value("lethe_retention_rows{kind=\"receipt\"}")).isEqualTo("0.0");
        assertThat(told.value("lethe_retention_oldest_seconds{kind=\"held\"}")).isEqualTo("7200.0");
        assertThat(told.value("lethe_retention_overdue{kind=\"held\",reason=\"without_ttl\"}"))
                .isEqualTo("1.0");
        assertThat(told.value("lethe_retention_overdue{kind=\"held\",reason=\"too_old\"}"))
                .isEqualTo("2.0");
        assertThat(told.value("lethe_retention_overdue{kind=\"held\",reason=\"unowned\"}"))
                .isEqualTo("3.0");
        assertThat(told.value("lethe_retention_audit_age_seconds")).isEqualTo("90.0");
    }

    @Test
    void tellsTheNextAuditInsteadAndNoneWhenAnotherNodeAudits() {
        report.set(counted(Duration.ofHours(1), new RetentionCount(7, Duration.ofHours(2), 0, 2, 0, 2)));
        told();
        report.set(counted(Duration.ZERO, new RetentionCount(5, Duration.ofHours(1), 0, 0, 0, 0)));
        assertThat(told().value("lethe_retention_rows{kind=\"held\"}")).isEqualTo("5.0");
        assertThat(told().value("lethe_retention_overdue{kind=\"held\",reason=\"too_old\"}"))
                .isEqualTo("0.0");

        report.set(null);
        assertThat(metrics.text(Exposition.TEXT)).doesNotContain("lethe_retention");
    }

    @Test
    void tellsHowOldTheOldestKeyIs() throws IOException {
        metrics.add(new KeyMeters(keys()));

        Exposition told = told();
        assertThat(told.value("lethe_epoch_keys_alive")).isEqualTo("2.0");
        assertThat(told.value("lethe_epoch_keys_overdue")).isEqualTo("0.0");
        assertThat(told.value("lethe_epoch_keys_oldest_age_seconds")).isEqualTo("120.0");
        assertThat(told.value("lethe_epoch_length_seconds")).isEqualTo("300.0");
    }

    @Test
    void tellsHowManyAreThereNow() {
        AtomicInteger connections = new AtomicInteger(3);
        AtomicInteger subscribers = new AtomicInteger(2);
        metrics.add(new EdgeMeters(connections::get));
        metrics.add(new StoreMeters(new Losses(), subscribers::get));
        assertThat(told().value("lethe_edge_connections")).isEqualTo("3.0");
        assertThat(told().value("lethe_subscribers_in_memory")).isEqualTo("2.0");
        assertThat(told().value("lethe_envelopes_lost_total")).isEqualTo("0.0");
        assertThat(told().value("lethe_receipts_altered_total")).isEqualTo("0.0");

        connections.set(4);
        assertThat(told().value("lethe_edge_connections")).isEqualTo("4.0");
    }

    @Test
    void tellsWhatCameOfSms() {
        SmsCounts counts = new SmsCounts();
        metrics.add(new SmsMeters(counts, clock));
        assertThat(told().value("lethe_sms_reports_age_seconds")).isEqualTo("NaN");

        counts.add(PutOutcome.HELD_BACK);
        counts.add(ReportOutcome.DELIVERED);
        counts.add(ReportOutcome.DELIVERED);
        counts.read(NOW.minusSeconds(7));
        Exposition told = told();
        assertThat(told.value("lethe_sms_puts_total{answer=\"held_back\"}")).isEqualTo("1.0");
        assertThat(told.value("lethe_sms_puts_total{answer=\"taken\"}")).isEqualTo("0.0");
        assertThat(told.value("lethe_sms_reports_total{end=\"delivered\"}")).isEqualTo("2.0");
        assertThat(told.value("lethe_sms_reports_age_seconds")).isEqualTo("7.0");
    }

    @Test
    void describesEveryMeter() throws IOException {
        report.set(counted(Duration.ZERO, new RetentionCount(1, Duration.ZERO, 0, 0, 0, 0)));
        metrics.add(new KeyMeters(keys()));
        metrics.add(new EdgeMeters(() -> 0));
        metrics.add(new StoreMeters(new Losses(), () -> 0));
        metrics.add(new SmsMeters(new SmsCounts(), clock));
        told();

        assertThat(metrics.registry().getMeters())
                .hasSizeGreaterThan(50)
                .allSatisfy(meter -> assertThat(description(meter)).isNotBlank());
    }

    private static @Nullable String description(Meter meter) {
        return meter.getId().getDescription();
    }

    private Exposition told() {
        return new Exposition(metrics.text(Exposition.TEXT));
    }

    private EpochKeys keys() throws IOException {
        EpochKeys keys = EpochKeys.open(new Epochs(Duration.ofMinutes(5)), KeyEscrow.none(), clock);
        keys.prepare();
        return keys;
    }

    private static RetentionReport counted(Duration ago, RetentionCount held) {
        return new RetentionReport(NOW.minus(ago), Map.of(AuditedKind.HELD, held));
    }
}
