package lethe.device.files;

import java.time.Duration;

/**
 * The bounds of what a phone sends.
 *
 * @param offers files on offer at once
 * @param window chunks that one device may have asked for and not got yet
 * @param repeats how often, on average, one device gets each chunk
 * @param leastGap between two chunks, whomever they go to
 * @param mostGap the same, however often a broker refuses
 * @param longestPause after one refusal
 * @param kept how long a file is on offer
 * @param afterAsking how long it is at least after the last question
 * @param longest how long it is at all
 */
public record OutgoingLimits(
        int offers,
        int window,
        int repeats,
        Duration leastGap,
        Duration mostGap,
        Duration longestPause,
        Duration kept,
        Duration afterAsking,
        Duration longest) {
    /**
     * 64 files; 256 chunks; 4 times; 50 ms, which is 640 KiB a second and two fifths of what a broker lets pass from
     * one subscriber to another; 20 s, which is half of what it lets pass from somebody who was reported; 1 min; a day,
     * an hour, two days.
     */
    public static OutgoingLimits usual() {
        return new OutgoingLimits(
                64,
                256,
                4,
                Duration.ofMillis(50),
                Duration.ofSeconds(20),
                Duration.ofMinutes(1),
                Duration.ofDays(1),
                Duration.ofHours(1),
                Duration.ofDays(2));
    }
}
