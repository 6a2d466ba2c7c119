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
 */
public record ConnectionSettings(
        int backlog,
        int most,
        int mostPerAddress,
        Duration headerWithin,
        Duration requestWithin,
        Duration idleWithin,
        int requestsPerSecond,
        int requestBurst) {

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
                config.getInt("request-burst"));
    }
}
