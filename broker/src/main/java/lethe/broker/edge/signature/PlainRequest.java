package lethe.broker.edge.signature;

import java.util.List;
import java.util.function.Function;
import lethe.core.identity.Opaque;

/**
 * A request as far as a signature looks at it.
 *
 * @param path without query, as it came
 * @param fields all values of a header, by its lower-case name
 * @param body empty if there is none
 */
public record PlainRequest(String method, String path, Function<String, List<String>> fields, Opaque body) {
    @Override
    public String toString() {
        return "PlainRequest[" + method + "]";
    }
}
