package lethe.loadtest.seizure;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a drill went.
 *
 * @param markers that were looked for
 * @param found of them anywhere, each once
 * @param waiting messages that waited when the first control was made
 * @param controlBeforeAck of those, how many the disk had as Cassandra had them: all
 * @param controlUnsealed without sealing, how many contents the disk still had after everything was acknowledged: some
 * @param places how many different markers of each kind were found in each place
 * @param complete whether everything was taken that there is to take
 */
public record SeizureReport(
        int markers,
        int found,
        int waiting,
        int controlBeforeAck,
        int controlUnsealed,
        Map<String, Map<MarkerKind, Integer>> places,
        boolean complete,
        long millis) {
    /** Whether nothing was found, by a search that finds what is there. */
    public boolean passed() {
        return found == 0 && waiting > 0 && controlBeforeAck == waiting && controlUnsealed > 0;
    }

    /** For a line of JSON. */
    public Map<String, Object> figures() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("drill", "seizure");
        line.put("passed", passed());
        line.put("markers", markers);
        line.put("found", found);
        line.put("control_before_ack", controlBeforeAck);
        line.put("control_unsealed", controlUnsealed);
        line.put("waiting", waiting);
        line.put("complete", complete);
        line.put("places", words());
        line.put("took_ms", millis);
        return line;
    }

    private Map<String, Map<String, Integer>> words() {
        Map<String, Map<String, Integer>> all = new LinkedHashMap<>();
        places.forEach((place, kinds) -> {
            Map<String, Integer> words = new LinkedHashMap<>();
            kinds.forEach((kind, count) -> words.put(kind.word(), count));
            all.put(place, words);
        });
        return all;
    }
}
