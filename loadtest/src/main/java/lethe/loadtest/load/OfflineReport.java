package lethe.loadtest.load;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link OfflineRun} measured.
 *
 * @param target its name
 * @param version the target's
 * @param waiting messages for each recipient in a round
 * @param rounds that were measured
 * @param stored from sending to the broker's word that it holds a message
 * @param drained from the recipients' connecting to the receipts at the senders
 * @param tally of the whole run
 */
public record OfflineReport(
        String target,
        String version,
        LoadPlan plan,
        int waiting,
        int rounds,
        Stretch stored,
        Stretch drained,
        Tally tally) {
    /** Whether the figures mean something: all that was held came, each once and in order. */
    public boolean passed() {
        return stored.messages() > 0 && drained.messages() == stored.messages() && tally.isSound();
    }

    /** For a line of JSON. */
    public Map<String, @Nullable Object> figures() {
        Map<String, @Nullable Object> line = plan.figures("offline", target, version);
        line.put("waiting", waiting);
        line.put("rounds", rounds);
        line.putAll(stored.thenTheSame(drained).figures());
        stored.figures().forEach((figure, value) -> line.put("stored_" + figure, value));
        drained.figures().forEach((figure, value) -> line.put("drained_" + figure, value));
        line.putAll(tally.figures());
        return line;
    }
}
