package lethe.loadtest.bench;

import java.time.Duration;

/**
 * What a bench measures.
 *
 * @param pairs of connected phones; one of each sends, with one message under way
 * @param warmUp before anything is measured: the broker compiles its hot path
 * @param measure how long
 * @param bodyBytes of each message
 */
public record BenchPlan(int pairs, Duration warmUp, Duration measure, int bodyBytes) {
    public BenchPlan {
        if (pairs < 1 || measure.isNegative() || measure.isZero() || bodyBytes < 1) {
            throw new IllegalArgumentException("a bench has pairs, a time and a body");
        }
    }
}
