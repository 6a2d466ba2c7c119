package lethe.loadtest.sms;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import lethe.loadtest.history.Breach;
import lethe.loadtest.history.Verdict;

/**
 * How an SMS drill went.
 *
 * @param planned how many messages should have been sent
 * @param outcomes how many ended so, by the word for it
 * @param merged how many were offered over IP in time, acknowledged too late, and shown once all the same
 * @param misworded how many SMS of a gateway said something else than they should
 * @param kills how often something died
 * @param outages how often a phone was off the network
 * @param absent how many phones did not come back at the end, so that what the broker still holds for them is not known
 */
public record SmsReport(
        Verdict verdict,
        int planned,
        Map<String, Integer> outcomes,
        int merged,
        int misworded,
        int kills,
        int outages,
        int absent,
        long seed,
        long millis) {
    public SmsReport {
        outcomes = Map.copyOf(outcomes);
    }

    /**
     * Whether every message was sent and no promise broken, some went each way, and every phone was there to see it.
     */
    public boolean passed() {
        return verdict.passed()
                && verdict.messages() == planned
                && misworded == 0
                && overIp() > 0
                && bySms() > 0
                && absent == 0;
    }

    /** Went more than one way, or one of them twice. */
    public int twice() {
        return verdict.count(Breach.TWO_CHANNELS) + verdict.count(Breach.DUPLICATED);
    }

    /** How many arrived over IP. */
    public int overIp() {
        return outcomes.getOrDefault("delivered", 0);
    }

    /** How many arrived as SMS, as far as anybody can know. */
    public int bySms() {
        return outcomes.getOrDefault("sms_sent", 0) + outcomes.getOrDefault("sms_delivered", 0);
    }

    /** For a line of JSON. */
    public Map<String, Object> figures() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("drill", "sms");
        line.put("passed", passed());
        line.put("messages", verdict.messages());
        line.put("double", twice());
        line.put("lost", verdict.count(Breach.LOST));
        line.put("unterminated", verdict.count(Breach.UNTERMINATED));
        line.put("terminated_twice", verdict.count(Breach.TERMINATED_TWICE));
        line.put("unexpected", verdict.count(Breach.UNEXPECTED));
        line.put("reordered", verdict.count(Breach.REORDERED));
        line.put("misworded", misworded);
        line.put("merged", merged);
        new TreeMap<>(outcomes).forEach((outcome, count) -> line.put("ended_" + outcome, count));
        line.put("kills", kills);
        line.put("outages", outages);
        line.put("absent", absent);
        line.put("seed", seed);
        line.put("took_ms", millis);
        return line;
    }
}
