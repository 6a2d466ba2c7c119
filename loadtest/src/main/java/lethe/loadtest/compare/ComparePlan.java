package lethe.loadtest.compare;

import java.time.Duration;
import java.util.List;

/**
 * What a comparison measures.
 *
 * @param pairs of connected phones, one measurement for each count; a window of one message
 * @param warmUp of each measurement
 * @param measure each measurement's length
 * @param rounds of all brokers; medians of them are shown
 * @param contestants in the order of the first round
 * @param offline whether messages to phones that are away are measured too
 */
public record ComparePlan(
        List<Integer> pairs,
        Duration warmUp,
        Duration measure,
        int rounds,
        List<Contestant> contestants,
        boolean offline) {
    /** As a short chat message with its envelope. */
    static final int PAYLOAD_BYTES = 256;

    /** Messages that wait for each recipient that is away, sent at once. */
    static final int WAITING = 10;

    public ComparePlan {
        pairs = pairs.stream().distinct().sorted().toList();
        contestants = List.copyOf(contestants);
        if (pairs.isEmpty() || pairs.get(0) < 1 || rounds < 1 || contestants.isEmpty()) {
            throw new IllegalArgumentException("a comparison has pairs, rounds and brokers");
        }
    }

    int mostPairs() {
        return pairs.get(pairs.size() - 1);
    }
}
