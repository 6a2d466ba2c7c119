package lethe.loadtest.seizure;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The markers that were found in one place: each counts once, however often it is there. */
final class Finds {
    private static final int MOST_TRACES = 20;

    private final List<Marker> markers;
    private final BitSet found = new BitSet();
    private final Map<String, Long> forms = new LinkedHashMap<>();
    private final List<String> traces = new ArrayList<>();

    /**
     * None yet.
     *
     * @param markers all that are looked for
     */
    Finds(List<Marker> markers) {
        this.markers = markers;
    }

    /** A marker is there. */
    void add(int marker, String form, String file, long offset) {
        String what = markers.get(marker).kind().word() + " as " + form;
        if (forms.merge(what, 1L, Long::sum) == 1 && traces.size() < MOST_TRACES) {
            traces.add(what + " in " + file + " at " + offset);
        }
        found.set(marker);
    }

    /** How many different markers all of them have. */
    static int together(Collection<Finds> places) {
        BitSet found = new BitSet();
        places.forEach(place -> found.or(place.found));
        return found.cardinality();
    }

    /** How many different markers. */
    int count() {
        return found.cardinality();
    }

    /** How many different ones of each kind; every kind is there. */
    Map<MarkerKind, Integer> byKind() {
        Map<MarkerKind, Integer> counts = new EnumMap<>(MarkerKind.class);
        for (MarkerKind kind : MarkerKind.values()) {
            counts.put(kind, 0);
        }
        found.stream().forEach(marker -> counts.merge(markers.get(marker).kind(), 1, Integer::sum));
        return counts;
    }

    int count(MarkerKind kind) {
        return byKind().getOrDefault(kind, 0);
    }

    /** How often each kind is there in each form. */
    Map<String, Long> forms() {
        return forms;
    }

    /** Where to look, for each kind in each form once. */
    List<String> traces() {
        return traces;
    }
}
