package lethe.broker.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import lethe.persistence.audit.AuditedKind;
import lethe.persistence.audit.RetentionCount;
import lethe.persistence.audit.RetentionReport;
import org.jspecify.annotations.Nullable;

/**
 * What the last audit of this node counted. Not there before the first, and on nodes that do not audit: a zero that
 * nobody counted would say that all is well. Used under a lock.
 */
final class RetentionMeters {
    private final Supplier<Optional<RetentionReport>> lastAudit;
    private final Clock clock;
    private final MultiGauge rows;
    private final MultiGauge oldest;
    private final MultiGauge overdue;
    private final MultiGauge age;
    private @Nullable RetentionReport told;

    RetentionMeters(MeterRegistry registry, Supplier<Optional<RetentionReport>> lastAudit, Clock clock) {
        this.lastAudit = lastAudit;
        this.clock = clock;
        this.rows = MultiGauge.builder("lethe.retention.rows")
                .description("Rows that say something of a subscriber, by the last audit")
                .register(registry);
        this.oldest = MultiGauge.builder("lethe.retention.oldest")
                .description("Age of the oldest row of a kind, by the last audit")
                .baseUnit("seconds")
                .register(registry);
        this.overdue = MultiGauge.builder("lethe.retention.overdue")
                .description("Rows that should not be there any more, by the last audit: must be 0")
                .register(registry);
        this.age = MultiGauge.builder("lethe.retention.audit.age")
                .description("Time since the last audit of this node began")
                .baseUnit("seconds")
                .register(registry);
    }

    /** To be called before anybody is told: there may be a new report, or none any more. */
    void look() {
        RetentionReport latest = lastAudit.get().orElse(null);
        if (!Objects.equals(latest, told)) {
            told = latest;
            Optional<RetentionReport> report = Optional.ofNullable(latest);
            rows.register(report.map(this::rows).orElse(List.of()), true);
            oldest.register(report.map(this::oldest).orElse(List.of()), true);
            overdue.register(report.map(this::overdue).orElse(List.of()), true);
            age.register(report.map(this::age).orElse(List.of()), true);
        }
    }

    private List<Row<?>> rows(RetentionReport report) {
        List<Row<?>> all = new ArrayList<>();
        for (AuditedKind kind : AuditedKind.values()) {
            all.add(Row.of(of(kind), report.count(kind).rows()));
        }
        return all;
    }

    private List<Row<?>> oldest(RetentionReport report) {
        List<Row<?>> all = new ArrayList<>();
        for (AuditedKind kind : AuditedKind.values()) {
            all.add(Row.of(of(kind), report.count(kind).oldest().toSeconds()));
        }
        return all;
    }

    private List<Row<?>> overdue(RetentionReport report) {
        List<Row<?>> all = new ArrayList<>();
        for (AuditedKind kind : AuditedKind.values()) {
            RetentionCount count = report.count(kind);
            all.add(Row.of(of(kind).and("reason", "without_ttl"), count.withoutTtl()));
            all.add(Row.of(of(kind).and("reason", "too_old"), count.tooOld()));
            all.add(Row.of(of(kind).and("reason", "unowned"), count.unowned()));
        }
        return all;
    }

    private List<Row<?>> age(RetentionReport report) {
        return List.of(
                Row.of(Tags.empty(), report, counted -> Seconds.of(Duration.between(counted.at(), clock.instant()))));
    }

    private static Tags of(AuditedKind kind) {
        return Tags.of("kind", kind.word());
    }
}
