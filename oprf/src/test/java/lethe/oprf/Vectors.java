package lethe.oprf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The vectors of a resource: paragraphs of names and values. */
final class Vectors {
    private Vectors() {}

    /** Those that have an output, each with what stands in the key's paragraph above it. */
    static List<Map<String, String>> of(String resource) throws IOException {
        List<Map<String, String>> vectors = new ArrayList<>();
        Map<String, String> key = Map.of();
        for (Map<String, String> paragraph : paragraphs(resource)) {
            if (paragraph.containsKey("mode")) {
                key = paragraph;
            } else {
                Map<String, String> vector = new LinkedHashMap<>(key);
                vector.putAll(paragraph);
                vectors.add(vector);
            }
        }
        return vectors;
    }

    private static List<Map<String, String>> paragraphs(String resource) throws IOException {
        List<Map<String, String>> paragraphs = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(Vectors.class.getResourceAsStream(resource))) {
            for (String text : new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n\n", -1)) {
                Map<String, String> paragraph = new LinkedHashMap<>();
                text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                    String[] sides = line.split(" =", 2);
                    paragraph.put(sides[0], sides[1].strip());
                });
                if (!paragraph.isEmpty()) {
                    paragraphs.add(paragraph);
                }
            }
        }
        return paragraphs;
    }
}
