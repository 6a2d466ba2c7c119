package lethe.device.files;

import java.time.Duration;

/**
 * The bounds of one file that a phone receives. A phone never asks for chunks closer to each other than
 * {@code leastApart}, and has asked for no more than come in {@code ahead}.
 *
 * @param firstApart between two chunks, in the first question
 * @param leastApart between two chunks, at best
 * @param mostApart between two chunks, however bad the connection is
 * @param firstAhead how far it asks ahead until it knows how fast chunks come
 * @param ahead the same afterwards
 * @param leastWindow chunks that it asks for afterwards, at least
 * @param mostWindow chunks that it asks for and has not got, at most
 * @param patience how long nothing must come before it asks anew, and the time of four chunks
 * @param mostPatience the same after many questions without an answer
 * @param silence how long it is connected without getting anything new before it gives up
 */
public record IncomingLimits(
        Duration firstApart,
        Duration leastApart,
        Duration mostApart,
        Duration firstAhead,
        Duration ahead,
        int leastWindow,
        int mostWindow,
        Duration patience,
        Duration mostPatience,
        Duration silence) {
    /**
     * 250 ms, which is 128 KiB a second; 50 ms, which is 640 KiB a second; 10 s; 4 s, then 12 s; 4 to 240 chunks; 4 s,
     * up to 5 min; 1 h.
     */
    public static IncomingLimits usual() {
        return new IncomingLimits(
                Duration.ofMillis(250),
                Duration.ofMillis(50),
                Duration.ofSeconds(10),
                Duration.ofSeconds(1),
                Duration.ofSeconds(12),
                16,
                240,
                Duration.ofSeconds(4),
                Duration.ofMinutes(5),
                Duration.ofHours(1));
    }
}
