package lethe.device.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** The bytes that an HTTP message signature is made over (RFC 9421, section 2.5). */
final class SignatureBase {
    private SignatureBase() {}

    /** The covered components, in order, with the parameters: the value of {@code Signature-Input} for one label. */
    static String input(Map<String, String> components, String parameters) {
        return components.keySet().stream().map(name -> '"' + name + '"').collect(Collectors.joining(" ", "(", ")"))
                + parameters;
    }

    /**
     * What is signed.
     *
     * @param components name and value of what is covered, in order
     */
    static byte[] bytes(Map<String, String> components, String parameters) {
        StringBuilder base = new StringBuilder();
        components.forEach((name, value) ->
                base.append('"').append(name).append("\": ").append(value).append('\n'));
        base.append("\"@signature-params\": ").append(input(components, parameters));
        return base.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
