package lethe.broker.telemetry;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntSupplier;
import lethe.persistence.fence.Losses;

/** What the store of this node could not give back, and how many subscribers it is asked for. */
public final class StoreMeters implements Meters {
    private final Losses losses;
    private final IntSupplier subscribers;

    /**
     * For one store.
     *
     * @param subscribers how many with rows are in memory
     */
    public StoreMeters(Losses losses, IntSupplier subscribers) {
        this.losses = losses;
        this.subscribers = subscribers;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder("lethe.envelopes.lost", losses, Losses::envelopes)
                .description("Stored envelopes that could not be opened any more; their senders send them again")
                .register(registry);
        FunctionCounter.builder("lethe.receipts.altered", losses, Losses::receipts)
                .description("Receipts that somebody had changed in the store; they were not believed")
                .register(registry);
        Gauge.builder("lethe.subscribers.in.memory", subscribers::getAsInt)
                .description("Subscribers in the memory of this node of whom something is stored")
                .register(registry);
    }
}
