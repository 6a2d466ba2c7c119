package lethe.broker.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import lethe.persistence.seal.EpochKeys;

/**
 * The clock of forgetting: how far back this node could open what was stored. A key that does not go when it should
 * makes it late, whatever the reason.
 */
public final class KeyMeters implements Meters {
    private final EpochKeys keys;

    public KeyMeters(EpochKeys keys) {
        this.keys = keys;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge("lethe.epoch.keys.alive", alive -> alive.alive().size())
                .description("Epoch keys in memory, with the next one, which is made ahead of its time")
                .register(registry);
        gauge("lethe.epoch.keys.overdue", alive -> alive.overdue().size())
                .description("Epoch keys that are over, and are to be destroyed as soon as nothing needs them")
                .register(registry);
        gauge(
                        "lethe.epoch.keys.oldest.age",
                        alive -> alive.oldestAge().map(Seconds::of).orElse(Double.NaN))
                .description("Time since the epoch of the oldest key began: what was acknowledged before is noise")
                .baseUnit("seconds")
                .register(registry);
        Duration length = keys.epochs().length();
        Gauge.builder("lethe.epoch.length", length, Seconds::of)
                .strongReference(true)
                .description("How long an epoch is")
                .baseUnit("seconds")
                .register(registry);
    }

    private Gauge.Builder<EpochKeys> gauge(String name, ToDoubleFunction<EpochKeys> value) {
        return Gauge.builder(name, keys, value).strongReference(true);
    }
}
