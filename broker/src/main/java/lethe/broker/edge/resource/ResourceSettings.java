package lethe.broker.edge.resource;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * The bounds of HTTP requests.
 *
 * @param bodyBound of an envelope, in bytes
 * @param bodyWithin how long a request's body may take
 * @param answerWithin how long a subscriber may take to answer
 * @param longestPoll that {@code Prefer: wait} gets
 * @param requestsPerSecond that one device may send on average
 * @param requestBurst that one device may send at once
 */
public record ResourceSettings(
        int bodyBound,
        Duration bodyWithin,
        Duration answerWithin,
        Duration longestPoll,
        int requestsPerSecond,
        int requestBurst) {
    /** What a request may have beside an envelope: a thousand ids, with their names in JSON. */
    private static final int AROUND_BODY = 32 * 1024;

    /** Reads {@code lethe.edge.http}. */
    public static ResourceSettings from(Config config, int bodyBound) {
        return new ResourceSettings(
                bodyBound,
                config.getDuration("body-within"),
                config.getDuration("answer-within"),
                config.getDuration("longest-poll"),
                config.getInt("requests-per-second"),
                config.getInt("request-burst"));
    }

    /** The same for bodies of another size. */
    public ResourceSettings withBodyBound(int bytes) {
        return new ResourceSettings(bytes, bodyWithin, answerWithin, longestPoll, requestsPerSecond, requestBurst);
    }

    /** Of a request's body, in bytes: JSON writes four characters for three bytes of an envelope. */
    public int entityBound() {
        return AROUND_BODY + bodyBound / 3 * 4 + 4;
    }
}
