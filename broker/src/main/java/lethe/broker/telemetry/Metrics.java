package lethe.broker.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import lethe.persistence.audit.RetentionReport;

/** All that one node tells in numbers. Safe for use by many threads. */
public final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final RuntimeMeters runtime = new RuntimeMeters();
    private final RetentionMeters retention;

    /**
     * Of the JVM and of the audits that this node makes; more is added as it is there.
     *
     * @param lastAudit its report; empty before the first, and on nodes that do not audit
     */
    public Metrics(Supplier<Optional<RetentionReport>> lastAudit, Clock clock) {
        runtime.bindTo(registry);
        retention = new RetentionMeters(registry, lastAudit, clock);
    }

    /** Tells these too from now on. */
    public void add(Meters meters) {
        meters.bindTo(registry);
    }

    /**
     * Everything as it is now.
     *
     * @param contentType of one of the texts that Prometheus reads: its own, or OpenMetrics
     */
    public synchronized String text(String contentType) {
        retention.look();
        return registry.scrape(contentType);
    }

    MeterRegistry registry() {
        return registry;
    }

    /** Listens to the JVM no more. */
    @Override
    public void close() {
        runtime.close();
        registry.close();
    }
}
