package lethe.loadtest.kill;

import java.util.LinkedHashMap;
import java.util.Map;
import lethe.loadtest.history.Breach;
import lethe.loadtest.history.Verdict;

/**
 * How a kill run went.
 *
 * @param planned how many messages should have been sent
 * @param kills how often the broker was killed
 * @param outages how often a phone was off the network
 * @param held how many messages the broker took into custody
 */
public record KillReport(Verdict verdict, int planned, int kills, int outages, int held, long seed, long millis) {
    /** Whether every message was sent, and no promise broken. */
    public boolean passed() {
        return verdict.passed() && verdict.messages() == planned && verdict.delivered() == planned;
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
        line.put("kills", kills);
        line.put("outages", outages);
        line.put("seed", seed);
        line.put("took_ms", millis);
        return line;
    }
}
