package lethe.loadtest.load;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link OverloadRun} measured.
 *
 * @param target its name
 * @param version the target's
 * @param sustained messages a second
 * @param calm at half of it
 * @param overloaded at twice of it
 * @param recovered at half of it again
 * @param tally of the whole run
 */
public record OverloadReport(
        String target,
        String version,
        LoadPlan plan,
        int sustained,
        Part calm,
        Part overloaded,
        Part recovered,
        Tally tally) {
    /** A pause of the broker's collector may refuse some of whatever comes in it. */
    private static final double MOST_REFUSED = 0.01;

    /**
     * What was measured at one rate.
     *
     * @param sent messages
     * @param refused of these or the last ones before
     */
    public record Part(Stretch stretch, long sent, long refused) {
        private void addTo(Map<String, @Nullable Object> line, String name) {
            line.put(
                    name + "_sent_per_s",
                    Stretch.rounded(sent * 1e9 / stretch.took().toNanos()));
            line.put(name + "_msg_per_s", Stretch.rounded(stretch.messagesPerSecond()));
            line.put(name + "_refused", refused);
            line.put(name + "_p50_us", stretch.latencies().getValueAtPercentile(50));
            line.put(name + "_p99_us", stretch.latencies().getValueAtPercentile(99));
            line.put(name + "_max_us", stretch.latencies().getMaxValue());
        }
    }

    /** Whether all that was taken came, each once and in order, and next to nothing is refused any more at the end. */
    public boolean passed() {
        return tally.isSound()
                && overloaded.stretch().messages() > 0
                && recovered.refused() <= MOST_REFUSED * recovered.sent();
    }

    /** For a line of JSON. */
    public Map<String, @Nullable Object> figures() {
        Map<String, @Nullable Object> line = plan.figures("overload", target, version);
        line.put("sustained_per_s", sustained);
        calm.addTo(line, "calm");
        overloaded.addTo(line, "overloaded");
        recovered.addTo(line, "recovered");
        line.putAll(overloaded.stretch().figures());
        line.putAll(tally.figures());
        return line;
    }
}
