package lethe.broker.telemetry;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import lethe.broker.limit.Limits;
import lethe.broker.limit.Reports;
import lethe.core.block.ReportReason;
import lethe.core.limit.Limit;

/** How often each limit was exhausted, and what was reported: by name and by reason, of nobody in particular. */
public final class LimitMeters implements Meters {
    private final Limits limits;
    private final Reports reports;

    public LimitMeters(Limits limits, Reports reports) {
        this.limits = limits;
        this.reports = reports;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Limit limit : Limit.values()) {
            FunctionCounter.builder("lethe.limit.refused", limits, counted -> counted.count(limit))
                    .description("Requests, messages and connections refused because a limit was exhausted")
                    .tag("limit", limit.word())
                    .register(registry);
        }
        for (ReportReason reason : ReportReason.values()) {
            FunctionCounter.builder("lethe.reports", reports, counted -> counted.count(reason))
                    .description("Messages that subscribers have reported")
                    .tag("reason", reason.word())
                    .register(registry);
        }
        Gauge.builder("lethe.reported.senders", reports, Reports::restrained)
                .description("Senders who may send little for now, because others have reported them")
                .register(registry);
    }
}
