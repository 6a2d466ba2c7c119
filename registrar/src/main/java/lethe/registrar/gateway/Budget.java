package lethe.registrar.gateway;

import java.time.Duration;
import java.time.Instant;

/** So much in each period, which begins with the first use after the last one. Not safe for use by many threads. */
final class Budget {
    private final long most;
    private final Duration period;
    private Instant begun = Instant.EPOCH;
    private long used;

    Budget(long most, Duration period) {
        this.most = most;
        this.period = period;
    }

    boolean has(long amount, Instant now) {
        if (!now.isBefore(begun.plus(period))) {
            begun = now;
            used = 0;
        }
        return used + amount <= most;
    }

    void use(long amount) {
        used += amount;
    }

    /** How long until the next period begins. */
    Duration left(Instant now) {
        return Duration.between(now, begun.plus(period));
    }

    boolean isOver(Instant now) {
        return !now.isBefore(begun.plus(period));
    }
}
