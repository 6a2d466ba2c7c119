package lethe.loadtest.load;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a driver shall do.
 *
 * @param pairs 1:1; one of each sends to the other
 * @param window messages that a pair has under way at most
 * @param payloadBytes of each message
 * @param rate messages a second that all pairs together send, whatever becomes of them (open loop); 0 for the next as
 *     soon as one of the window is done (closed loop)
 * @param warmUp before anything is measured: the broker compiles its hot path
 * @param measure how long
 * @param drain how long what is under way then may take
 * @param eventLoops threads of the driver
 * @param connectsPerSecond connections opened at most
 */
public record LoadPlan(
        int pairs,
        int window,
        int payloadBytes,
        int rate,
        Duration warmUp,
        Duration measure,
        Duration drain,
        int eventLoops,
        int connectsPerSecond) {
    /** In an open loop the window bounds nothing but the driver's memory. */
    private static final int OPEN_WINDOW = 4096;

    private static final Duration DRAIN = Duration.ofSeconds(30);
    private static final int CONNECTS_PER_SECOND = 4_000;

    public LoadPlan {
        if (pairs < 1 || window < 1 || rate < 0 || eventLoops < 1 || connectsPerSecond < 1) {
            throw new IllegalArgumentException("a load has pairs, a window and an event loop");
        }
        if (payloadBytes < Payload.NUMBER_BYTES) {
            throw new IllegalArgumentException("a payload has at least " + Payload.NUMBER_BYTES + " bytes");
        }
        if (measure.isNegative() || measure.isZero() || warmUp.isNegative()) {
            throw new IllegalArgumentException("a load is measured for a time");
        }
    }

    /** A closed loop on one event loop. */
    public static LoadPlan closed(int pairs, int window, int payloadBytes, Duration warmUp, Duration measure) {
        return new LoadPlan(pairs, window, payloadBytes, 0, warmUp, measure, DRAIN, 1, CONNECTS_PER_SECOND);
    }

    /** The same work at a given rate. */
    public LoadPlan atRate(int messagesPerSecond) {
        return new LoadPlan(
                pairs, window, payloadBytes, messagesPerSecond, warmUp, measure, drain, eventLoops, connectsPerSecond);
    }

    /** The same work by more threads. */
    public LoadPlan onLoops(int threads) {
        return new LoadPlan(pairs, window, payloadBytes, rate, warmUp, measure, drain, threads, connectsPerSecond);
    }

    public boolean isOpen() {
        return rate > 0;
    }

    /** How a line of JSON about it begins. */
    Map<String, @Nullable Object> figures(String bench, String target, String version) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("bench", bench);
        line.put("target", target);
        line.put("version", version);
        line.put("pairs", pairs);
        line.put("window", window);
        line.put("payload", payloadBytes);
        line.put("rate", rate);
        line.put("seconds", measure.toSeconds());
        return line;
    }

    /** How many messages a pair may have under way. */
    int mostUnderWay() {
        return isOpen() ? Math.max(window, OPEN_WINDOW) : window;
    }
}
