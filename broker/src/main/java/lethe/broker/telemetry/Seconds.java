package lethe.broker.telemetry;

import java.time.Duration;

/** Times as Prometheus wants them. */
final class Seconds {
    private Seconds() {}

    static double of(Duration time) {
        return time.toMillis() / 1e3;
    }
}
