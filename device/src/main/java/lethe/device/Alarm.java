package lethe.device;

import java.time.Duration;

/** Wakes the client up. Tests pass one that they wind by hand. */
@FunctionalInterface
public interface Alarm {
    /** Runs a task once, after a delay. The task is short and never blocks. */
    void in(Duration delay, Runnable task);
}
