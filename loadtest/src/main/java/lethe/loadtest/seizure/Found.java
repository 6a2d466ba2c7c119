package lethe.loadtest.seizure;

import java.util.LinkedHashMap;
import java.util.Map;
import lethe.loadtest.evidence.Finds;

/**
 * What was found in one place.
 *
 * @param markers by kind
 * @param keysSought whether keys were looked for there too
 * @param opened how many messages that were stored can be read with keys which are there
 */
record Found(Finds markers, boolean keysSought, int opened) {
    private static final String OPENED = "opened";

    /** For figures: what was not looked for has none. */
    Map<String, Integer> figures() {
        Map<String, Integer> figures = new LinkedHashMap<>(markers.byKind());
        if (keysSought) {
            figures.put(OPENED, opened);
        }
        return figures;
    }
}
