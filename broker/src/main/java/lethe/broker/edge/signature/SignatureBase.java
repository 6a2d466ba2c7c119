package lethe.broker.edge.signature;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import lethe.core.identity.Opaque;

/** The bytes that a signature is made over (RFC 9421, section 2.5). */
final class SignatureBase {
    private SignatureBase() {}

    /**
     * For what an input covers.
     *
     * @param values of the components, by name, without surrounding space
     * @return empty if the request lacks a covered component
     */
    static Optional<Opaque> of(SignatureInput input, Map<String, String> values) {
        StringBuilder base = new StringBuilder();
        for (String name : input.components()) {
            String value = values.get(name);
            if (value == null) {
                return Optional.empty();
            }
            base.append('"').append(name).append("\": ").append(value).append('\n');
        }
        base.append("\"@signature-params\": ").append(input.canonical());
        return Optional.of(Opaque.wrap(base.toString().getBytes(StandardCharsets.US_ASCII)));
    }
}
