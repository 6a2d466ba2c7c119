package lethe.broker.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntSupplier;

/** The port for phones. */
public final class EdgeMeters implements Meters {
    private final IntSupplier connections;

    /**
     * For one port.
     *
     * @param connections how many are open
     */
    public EdgeMeters(IntSupplier connections) {
        this.connections = connections;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("lethe.edge.connections", connections::getAsInt)
                .description("Connections of phones that are open, sockets and others")
                .register(registry);
    }
}
