package lethe.device.outbox;

import java.time.Duration;

/**
 * The bounds of an outbox.
 *
 * @param messages how many may be in custody
 * @param bytes how many bytes of bodies may be in custody
 * @param windowPerRecipient how many may be sent and unanswered, for one recipient; less than the 64 ends that a
 *     recipient's actor remembers
 * @param window how many may be sent and unanswered in all
 * @param answer how long a send may stay unanswered before it is asked after
 * @param watchAgain how often a held message is asked after, should its recipient's actor have moved meanwhile
 * @param modem how long the modem may take for an SMS
 * @param backoffFirst the longest first wait after a refusal
 * @param backoffLast the longest wait after many refusals
 */
public record OutboxLimits(
        int messages,
        long bytes,
        int windowPerRecipient,
        int window,
        Duration answer,
        Duration watchAgain,
        Duration modem,
        Duration backoffFirst,
        Duration backoffLast) {
    /** 1,000 messages, 8 MiB, 32 and 256 under way, 10 s, 2 min, 5 min, 200 ms to 30 s. */
    public static OutboxLimits usual() {
        return new OutboxLimits(
                1_000,
                8L << 20,
                32,
                256,
                Duration.ofSeconds(10),
                Duration.ofMinutes(2),
                Duration.ofMinutes(5),
                Duration.ofMillis(200),
                Duration.ofSeconds(30));
    }
}
