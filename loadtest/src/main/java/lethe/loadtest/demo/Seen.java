package lethe.loadtest.demo;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a step has seen and verified.
 *
 * @param explanation for people, in a line
 * @param figures for machines, in this order
 */
record Seen(String explanation, Map<String, Object> figures) {
    static Seen that(String explanation) {
        return new Seen(explanation, Map.of());
    }

    Seen with(String figure, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(figures);
        more.put(figure, value);
        return new Seen(explanation, more);
    }
}
