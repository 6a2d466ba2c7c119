package lethe.loadtest.load;

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
        Map<String, @Nullable Object> line = plan.figures(plan.isOpen() ? "open" : "closed", target, version);
        line.putAll(live.figures());
        line.putAll(tally.figures());
        return line;
    }
}
