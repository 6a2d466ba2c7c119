package lethe.device.socket;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next attempt: full jitter, so that a million phones do not come back at once. */
public final class Backoff {
    private final Duration first;
    private final Duration last;
    private final RandomGenerator random;
    private int attempts;

    /**
     * A back-off at its start.
     *
     * @param first the longest first wait; it doubles with each attempt
     * @param last the longest wait
     */
    public Backoff(Duration first, Duration last, RandomGenerator random) {
        this.first = first;
        this.last = last;
        this.random = random;
    }

    /** The next wait: evenly spread between nothing and the bound that belongs to this attempt. */
    public Duration next() {
        long bound = Math.min(last.toMillis(), first.toMillis() << Math.min(attempts, 30));
        attempts++;
        return Duration.ofMillis(random.nextLong(bound + 1));
    }

    /** Something worked. */
    public void reset() {
        attempts = 0;
    }
}
