package lethe.gatling.phone;

import java.time.Duration;

/**
 * How the phones of a simulation send.
 *
 * @param bodyBytes of each message
 * @param interval between two messages of one phone
 */
public record Habits(int bodyBytes, Duration interval) {
    /** For phones that send when they are told, or not at all. */
    public static Habits of(int bodyBytes) {
        return new Habits(bodyBytes, Duration.ZERO);
    }
}
