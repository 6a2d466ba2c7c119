package lethe.loadtest.load;

import java.time.Duration;

/**
 * When messages of an open loop are due: at a rate that grows evenly from nothing, and then stays. A broker that has
 * not compiled its hot path yet is not asked for everything at once.
 */
final class Schedule {
    private static final double NANOS = 1e9;

    private final double perNano;
    private final double rampNanos;

    /**
     * From nothing to a rate.
     *
     * @param perSecond messages, once it has grown
     * @param ramp how long that takes
     */
    Schedule(double perSecond, Duration ramp) {
        this.perNano = perSecond / NANOS;
        this.rampNanos = ramp.toNanos();
    }

    /** When a message is due, counted from 0: nanoseconds since the beginning. */
    long due(long message) {
        double inRamp = perNano * rampNanos / 2;
        return (long)
                (message < inRamp
                        ? Math.sqrt(2 * rampNanos * message / perNano)
                        : rampNanos + (message - inRamp) / perNano);
    }
}
