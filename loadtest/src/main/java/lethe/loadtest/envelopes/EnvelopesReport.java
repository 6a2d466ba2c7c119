package lethe.loadtest.envelopes;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a drill went.
 *
 * @param planned attacks that were to be tried
 * @param tried how often each kind of attack was
 * @param accepted how often each kind got past
 * @param thrown how often something was thrown instead of answered
 * @param refusals how often each reason was given
 * @param controls envelopes that nobody had touched, each after attacks on it
 * @param opened how many of those were opened
 */
public record EnvelopesReport(
        int planned,
        Map<String, Integer> tried,
        Map<String, Integer> accepted,
        int thrown,
        Map<String, Integer> refusals,
        int controls,
        int opened,
        long seed) {
    public EnvelopesReport {
        tried = Map.copyOf(tried);
        accepted = Map.copyOf(accepted);
        refusals = Map.copyOf(refusals);
    }

    /** Whether every attack was tried and refused with a reason, and every envelope that was left alone was opened. */
    public boolean passed() {
        return sum(tried) == planned
                && tried.size() == Attack.values().length
                && sum(accepted) == 0
                && thrown == 0
                && controls > 0
                && opened == controls;
    }

    /** For a line of JSON. */
    public Map<String, Object> figures() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("drill", "envelopes");
        line.put("passed", passed());
        line.put("tried", sum(tried));
        line.put("accepted", sum(accepted));
        line.put("thrown", thrown);
        line.put("controls", controls);
        line.put("opened", opened);
        line.put("attacks", new TreeMap<>(tried));
        line.put("past", new TreeMap<>(accepted));
        line.put("refusals", new TreeMap<>(refusals));
        line.put("seed", seed);
        return line;
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
