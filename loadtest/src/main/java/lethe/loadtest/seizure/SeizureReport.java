package lethe.loadtest.seizure;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a drill went.
 *
 * @param markers that were looked for
 * @param found of them anywhere, each once
 * @param opened messages that were stored, and can be read with keys which were found anywhere
 * @param controls that show what the same searches find when it is there
 * @param places what was found in each place, by the figure's word
 */
public record SeizureReport(
        int markers, int found, int opened, Controls controls, Map<String, Map<String, Integer>> places, long millis) {
    /**
     * Searches of what is there.
     *
     * @param waiting messages that waited when the first two were made
     * @param beforeAck of those, how many the disk had as Cassandra had them: all
     * @param keysBeforeAck of those, how many could be read with keys that were found, by place: all in the broker's
     *     memory; on the disk too, if keys are in escrow there
     * @param unsealed without sealing, how many contents the disk still had after everything was acknowledged: some
     */
    public record Controls(int waiting, int beforeAck, Map<String, Integer> keysBeforeAck, int unsealed) {
        /** Whether all found what is there. */
        public boolean arePositive() {
            return waiting > 0
                    && beforeAck == waiting
                    && keysBeforeAck.getOrDefault(MarkedRun.MEMORY_BEFORE, 0) == waiting
                    && unsealed > 0;
        }
    }

    /** Whether nothing was found, by searches that find what is there. */
    public boolean passed() {
        return found == 0 && opened == 0 && controls.arePositive();
    }

    /** For a line of JSON. */
    public Map<String, Object> figures() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("drill", "seizure");
        line.put("passed", passed());
        line.put("markers", markers);
        line.put("found", found);
        line.put("opened", opened);
        line.put("control_before_ack", controls.beforeAck());
        line.put("control_keys_before_ack", controls.keysBeforeAck());
        line.put("control_unsealed", controls.unsealed());
        line.put("waiting", controls.waiting());
        line.put("places", places);
        line.put("took_ms", millis);
        return line;
    }
}
