package lethe.broker.session;

import java.time.Duration;

/**
 * What a session goes by.
 *
 * @param helloWithin how long a phone has for its first frame
 * @param heartbeat the longest silence that is tolerated; after half of it the phone is pinged
 * @param maxFrame bytes of a frame, as told in {@code welcome}
 * @param framesPerSecond how many messages a phone may send, revoke or ask for in the long run
 * @param burst and how many at once
 */
public record SessionSettings(Duration helloWithin, Duration heartbeat, int maxFrame, int framesPerSecond, int burst) {
    private static final Duration SHORTEST_HEARTBEAT = Duration.ofSeconds(1);

    public SessionSettings {
        if (helloWithin.isNegative() || helloWithin.isZero() || heartbeat.compareTo(SHORTEST_HEARTBEAT) < 0) {
            throw new IllegalArgumentException(
                    "lethe.session.hello-within is longer than nothing, and heartbeat at least 1 s");
        }
        if (framesPerSecond < 1 || burst < 1) {
            throw new IllegalArgumentException("lethe.session.frames-per-second and burst are at least 1");
        }
    }
}
