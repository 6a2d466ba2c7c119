package lethe.loadtest.load;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link LoadRun} measured.
 *
 * @param target its name
 * @param version the target's
 * @param live the time that was measured
 * @param tally of the whole run
 */
public record LoadReport(String target, String version, LoadPlan plan, Stretch live, Tally tally) {
    /** Whether the figures mean something: messages came, each once and in order. */
    public boolean passed() {
        return live.messages() > 0 && tally.isSound();
    }

    /** For a line of JSON. */
    public Map<String, @Nullable Object> figures() {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("bench", plan.isOpen() ? "open" : "closed");
        line.put("target", target);
        line.put("version", version);
        line.put("pairs", plan.pairs());
        line.put("window", plan.window());
        line.put("payload", plan.payloadBytes());
        line.put("rate", plan.rate());
        line.put("seconds", Stretch.rounded(live.took().toMillis() / 1e3));
        line.putAll(live.figures());
        line.put("held", tally.held());
        line.put("lost", tally.lost());
        line.put("duplicated", tally.duplicated());
        line.put("reordered", tally.reordered());
        line.put("refused", tally.refused());
        line.put("unsent", tally.unsent());
        return line;
    }
}
