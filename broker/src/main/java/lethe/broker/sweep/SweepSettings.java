package lethe.broker.sweep;

import java.time.Duration;

/**
 * How the due index is swept.
 *
 * @param every how long a sweeper rests between two rounds
 * @param said how much progress it makes before it is stored: who waits for it sees it so much later
 */
public record SweepSettings(Duration every, Duration said) {}
