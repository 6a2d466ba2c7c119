package lethe.loadtest.kill;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** What the outages of a run came to. For one thread. */
final class Toll {
    private final Map<Victim, Integer> kills = new EnumMap<>(Victim.class);
    private int liveWhileDown;
    private int unnoticed;
    private Duration slowest = Duration.ZERO;

    void died(Victim victim) {
        kills.merge(victim, 1, Integer::sum);
    }

    /** So many messages ended while Cassandra alone was being started again. */
    void wentOn(int messages) {
        liveWhileDown += messages;
    }

    /** The broker went on saying that it was ready, or never said so again. */
    void missed() {
        unnoticed++;
    }

    /** So long after Cassandra answered again, the broker said that it is ready. */
    void recovered(Duration after) {
        slowest = after.compareTo(slowest) > 0 ? after : slowest;
    }

    /** How often each kind of victim was killed. */
    Map<Victim, Integer> kills() {
        Map<Victim, Integer> all = new EnumMap<>(Victim.class);
        for (Victim victim : Victim.values()) {
            all.put(victim, count(victim));
        }
        return all;
    }

    int count(Victim victim) {
        return kills.getOrDefault(victim, 0);
    }

    int liveWhileDown() {
        return liveWhileDown;
    }

    int unnoticed() {
        return unnoticed;
    }

    Duration slowest() {
        return slowest;
    }
}
