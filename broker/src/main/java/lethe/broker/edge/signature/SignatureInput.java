package lethe.broker.edge.signature;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import lethe.broker.edge.signature.FieldCursor.Malformed;

/**
 * The {@code Signature-Input} of one signature: what it covers, and its parameters in the order they came.
 *
 * @param label names the signature in the {@code Signature} field
 * @param components the names of what is covered, in order
 * @param parameters a string, or a number as {@code Long}
 */
record SignatureInput(String label, List<String> components, Map<String, Object> parameters) {
    /** Reads exactly one signature's input. */
    static SignatureInput parse(String field) throws Malformed {
        FieldCursor cursor = new FieldCursor(field.strip());
        String label = cursor.key();
        cursor.take('=');
        List<String> components = components(cursor);
        Map<String, Object> parameters = new LinkedHashMap<>();
        while (cursor.took(';')) {
            String name = cursor.key();
            cursor.take('=');
            Object value = cursor.sees('"') ? cursor.quoted() : (Object) cursor.integer();
            if (parameters.put(name, value) != null) {
                throw new Malformed("a signature parameter appears twice");
            }
        }
        if (!cursor.atEnd()) {
            throw new Malformed("a request has one signature");
        }
        return new SignatureInput(label, components, parameters);
    }

    Optional<String> text(String parameter) {
        return parameters.get(parameter) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    Optional<Long> number(String parameter) {
        return parameters.get(parameter) instanceof Long number ? Optional.of(number) : Optional.empty();
    }

    /** The value of {@code @signature-params}: components and parameters in their one canonical form. */
    String canonical() {
        StringJoiner covered = new StringJoiner(" ", "(", ")");
        components.forEach(name -> covered.add('"' + name + '"'));
        StringBuilder canonical = new StringBuilder(covered.toString());
        parameters.forEach((name, value) -> canonical
                .append(';')
                .append(name)
                .append('=')
                .append(value instanceof String ? "\"" + value + "\"" : value));
        return canonical.toString();
    }

    private static List<String> components(FieldCursor cursor) throws Malformed {
        List<String> components = new ArrayList<>();
        cursor.take('(');
        while (!cursor.took(')')) {
            if (cursor.took(' ')) {
                continue;
            }
            String name = cursor.quoted();
            if (components.contains(name)) {
                throw new Malformed("a signature covers a component twice");
            }
            components.add(name);
        }
        return List.copyOf(components);
    }
}
