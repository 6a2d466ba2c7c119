package lethe.registrar.sms;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a carrier's centre is reached. It does not print: the password is in it.
 *
 * @param system what this end is called, at most 15 characters (SMPP 3.4, section 5.2.1)
 * @param password at most 8 characters (section 5.2.2)
 * @param source whom the SMS is from: a short code, a number with a plus sign, or a name
 * @param shortCode to which phones may send texts to prove their numbers; null: none
 * @param answer how long the centre may take for an answer
 * @param idle after how long without traffic it is asked whether it is there
 * @param firstPause before it is tried again when it is away; doubled each time
 * @param longestPause the longest
 */
public record SmppSettings(
        String host,
        int port,
        String system,
        String password,
        String source,
        @Nullable String shortCode,
        Duration answer,
        Duration idle,
        Duration firstPause,
        Duration longestPause) {
    /** With the usual times. */
    public static SmppSettings of(
            String host, int port, String system, String password, String source, @Nullable String shortCode) {
        return new SmppSettings(
                host,
                port,
                system,
                password,
                source,
                shortCode,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30));
    }

    @Override
    public String toString() {
        return "SmppSettings[***]";
    }
}
