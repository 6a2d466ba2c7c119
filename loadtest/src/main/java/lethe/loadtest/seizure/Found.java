package lethe.loadtest.seizure;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was found in one place.
 *
 * @param markers by kind
 * @param opened how many messages that were stored can be read with keys which are there
 */
record Found(Finds markers, int opened) {
    private static final String OPENED = "opened";

    /** For figures. */
    Map<String, Integer> figures() {
        Map<String, Integer> figures = new LinkedHashMap<>();
        markers.byKind().forEach((kind, count) -> figures.put(kind.word(), count));
        figures.put(OPENED, opened);
        return figures;
    }
}
