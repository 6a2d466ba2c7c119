package lethe.broker.edge.connection;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * The bounds of connections.
 *
 * @param backlog connections that the kernel keeps until they are accepted
 * @param most connections at a time, sockets included
 * @param mostPerAddress of them from one IPv4 address or IPv6 /64
 * @param headerWithin from the first byte of a request to the end of its headers
 * @param requestWithin from the end of the headers to the answer; longer than the longest poll
 * @param idleWithin between two requests
 * @param requestsPerSecond that one address may ask on average
 * @param requestBurst that one address may ask at once
 * @param optInsPerSecond of these to opt in, on average
 * @param optInBurst and at once
 * @param prefixFactor how many times of all this a /24 of IPv4 or a /48 of IPv6 may have
 */
public record ConnectionSettings(
        int backlog,
        int most,
        int mostPerAddress,
        Duration headerWithin,
        Duration requestWithin,
        Duration idleWithin,
        int requestsPerSecond,
        int requestBurst,
        int optInsPerSecond,
        int optInBurst,
        int prefixFactor) {
    private static final int LARGEST_FACTOR = 1_000;

    public ConnectionSettings {
        if (requestsPerSecond < 1 || requestBurst < 1 || optInsPerSecond < 1 || optInBurst < 1) {
            throw new IllegalArgumentException("lethe.edge.connections: rates and bursts are at least 1");
        }
        if (prefixFactor < 1 || prefixFactor > LARGEST_FACTOR) {
            throw new IllegalArgumentException(
                    "lethe.edge.connections.prefix-factor is between 1 and " + LARGEST_FACTOR);
        }
    }

    /** Of the connections open, those from one prefix. */
    public int mostPerPrefix() {
        return times(mostPerAddress);
    }

    /** What a prefix may have of something that an address may have. */
    int times(int ofAddress) {
        return (int) Math.min(Integer.MAX_VALUE, (long) prefixFactor * ofAddress);
    }

    /** Reads {@code lethe.edge.connections}. */
    public static ConnectionSettings from(Config config) {
        return new ConnectionSettings(
                config.getInt("backlog"),
                config.getInt("most"),
                config.getInt("most-per-address"),
                config.getDuration("header-within"),
                config.getDuration("request-within"),
                config.getDuration("idle-within"),
                config.getInt("requests-per-second"),
                config.getInt("request-burst"),
                config.getInt("opt-ins-per-second"),
                config.getInt("opt-in-burst"),
                config.getInt("prefix-factor"));
    }
}
