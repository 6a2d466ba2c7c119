package lethe.registrar.http;

import java.time.Duration;

/**
 * The bounds of a port. Whoever hits one is refused, or cut off if it does not listen.
 *
 * @param connections at once, in all
 * @param connectionsOfAnAddress at once, of one IPv4 address or one IPv6 network of 64 bits
 * @param target characters of method, path and query
 * @param headers bytes of all headers
 * @param body bytes of a request's body
 * @param within from the opening of a connection, or the last answer on it, to a whole request; and for an answer to be
 *     taken
 * @param heardOut how long somebody who was refused half-way may go on talking to nobody
 * @param working requests that are answered at once
 * @param waiting requests that wait for that
 * @param retryAfter what is told to one more
 */
public record Limits(
        int connections,
        int connectionsOfAnAddress,
        int target,
        int headers,
        int body,
        Duration within,
        Duration heardOut,
        int working,
        int waiting,
        Duration retryAfter) {
    /** For requests that mostly wait for others, who may take seconds: more of them at once than processors. */
    public static Limits whoWaitForOthers() {
        return new Limits(
                1024,
                64,
                256,
                8 * 1024,
                4 * 1024,
                Duration.ofSeconds(15),
                Duration.ofSeconds(2),
                16,
                64,
                Duration.ofSeconds(2));
    }

    /** For requests of some kilobytes that cost some 100 ms of a processor: what waits is served within seconds. */
    public static Limits usual() {
        int processors = Runtime.getRuntime().availableProcessors();
        return new Limits(
                1024,
                64,
                256,
                8 * 1024,
                16 * 1024,
                Duration.ofSeconds(15),
                Duration.ofSeconds(2),
                processors,
                32 * processors,
                Duration.ofSeconds(2));
    }
}
