package lethe.loadtest.kill;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import lethe.loadtest.history.Breach;
import lethe.loadtest.history.Verdict;

/**
 * How a kill run went.
 *
 * @param planned how many messages should have been sent
 * @param kills how often each kind of victim was killed
 * @param unnoticed how many of Cassandra's outages the broker did not report, or did not see the end of
 * @param liveWhileDown how many messages ended while Cassandra was being started again and the broker lived
 * @param slowestRecovery the longest time from Cassandra's first answer until the broker said that it is ready
 * @param outages how often a phone was off the network
 * @param absent how many phones did not come back at the end, so that what the broker still holds for them is not known
 * @param held how many messages the broker took into custody
 */
public record KillReport(
        Verdict verdict,
        int planned,
        Map<Victim, Integer> kills,
        int unnoticed,
        int liveWhileDown,
        Duration slowestRecovery,
        int outages,
        int absent,
        int held,
        long seed,
        long millis) {
    public KillReport {
        kills = Map.copyOf(kills);
    }

    /**
     * Whether every message was sent, no promise broken, every outage reported, and every phone there to see it. And
     * live messages went on while Cassandra was away, if it was.
     */
    public boolean passed() {
        return verdict.passed()
                && verdict.messages() == planned
                && verdict.delivered() == planned
                && unnoticed == 0
                && absent == 0
                && (kills(Victim.CASSANDRA) == 0 || liveWhileDown > 0);
    }

    /** How often one kind of victim was killed. */
    public int kills(Victim victim) {
        return kills.getOrDefault(victim, 0);
    }

    /** For a line of JSON. */
    public Map<String, Object> figures() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("drill", "kill");
        line.put("passed", passed());
        line.put("messages", verdict.messages());
        line.put("delivered", verdict.delivered());
        for (Breach breach : Breach.values()) {
            line.put(breach.word(), verdict.count(breach));
        }
        line.put("held", held);
        line.put("kills", kills.values().stream().mapToInt(Integer::intValue).sum());
        for (Victim victim : Victim.values()) {
            line.put("kills_" + victim.word(), kills(victim));
        }
        line.put("unnoticed", unnoticed);
        line.put("live_while_down", liveWhileDown);
        line.put("slowest_recovery_ms", slowestRecovery.toMillis());
        line.put("outages", outages);
        line.put("absent", absent);
        line.put("seed", seed);
        line.put("took_ms", millis);
        return line;
    }
}
