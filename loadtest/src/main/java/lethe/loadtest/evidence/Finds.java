package lethe.loadtest.evidence;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was found in one place: each thing counts once, however often and in whatever form it is there. */
public final class Finds {
    private static final int MOST_TRACES = 20;

    private final List<Sought> sought;
    private final BitSet found = new BitSet();
    private final Map<String, Long> forms = new LinkedHashMap<>();
    private final List<String> traces = new ArrayList<>();

    /**
     * Nothing yet.
     *
     * @param sought all that is looked for
     */
    Finds(List<Sought> sought) {
        this.sought = sought;
    }

    /** Something is there. */
    void add(int which, String form, String file, long offset) {
        String what = sought.get(which).kind() + " as " + form;
        if (forms.merge(what, 1L, Long::sum) == 1 && traces.size() < MOST_TRACES) {
            traces.add(what + " in " + file + " at " + offset);
        }
        found.set(which);
    }

    /** How many different things all of them have. */
    public static int together(Collection<Finds> places) {
        BitSet found = new BitSet();
        places.forEach(place -> found.or(place.found));
        return found.cardinality();
    }

    /** How many different things. */
    public int count() {
        return found.cardinality();
    }

    /** How many different ones of each kind; every kind is there. */
    public Map<String, Integer> byKind() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (int i = 0; i < sought.size(); i++) {
            counts.merge(sought.get(i).kind(), found.get(i) ? 1 : 0, Integer::sum);
        }
        return counts;
    }

    public int count(String kind) {
        return byKind().getOrDefault(kind, 0);
    }

    /** The same, but for some kinds. */
    public Finds without(Collection<String> kinds) {
        Finds others = new Finds(sought);
        found.stream()
                .filter(which -> !kinds.contains(sought.get(which).kind()))
                .forEach(others.found::set);
        return others;
    }

    /** How often each kind is there in each form. */
    public Map<String, Long> forms() {
        return forms;
    }

    /** Where to look, for each kind in each form once. */
    public List<String> traces() {
        return traces;
    }
}
