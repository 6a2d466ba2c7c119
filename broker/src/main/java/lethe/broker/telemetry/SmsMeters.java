package lethe.broker.telemetry;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import lethe.broker.sms.PutOutcome;
import lethe.broker.sms.ReportOutcome;
import lethe.broker.sms.SmsCounts;

/** What this node has to do with the gateway, of nobody in particular. */
public final class SmsMeters implements Meters {
    private final SmsCounts counts;
    private final Clock clock;

    public SmsMeters(SmsCounts counts, Clock clock) {
        this.counts = counts;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (PutOutcome outcome : PutOutcome.values()) {
            FunctionCounter.builder("lethe.sms.puts", counts, counted -> counted.count(outcome))
                    .description("What came of putting SMS to the gateway")
                    .tag("answer", outcome.word())
                    .register(registry);
        }
        for (ReportOutcome outcome : ReportOutcome.values()) {
            FunctionCounter.builder("lethe.sms.reports", counts, counted -> counted.count(outcome))
                    .description("What the gateway's reports said, once their recipients have them")
                    .tag("end", outcome.word())
                    .register(registry);
        }
        Gauge.builder("lethe.sms.reports.age", counts, this::age)
                .description("Time since the gateway answered last that was asked for reports")
                .baseUnit("seconds")
                .register(registry);
    }

    private double age(SmsCounts counted) {
        return counted.lastRead()
                .map(at -> Seconds.of(Duration.between(at, clock.instant())))
                .orElse(Double.NaN);
    }
}
