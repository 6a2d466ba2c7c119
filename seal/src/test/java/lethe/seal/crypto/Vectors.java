package lethe.seal.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import lethe.core.identity.Opaque;

/** The vectors of a resource: paragraphs of names and values. */
final class Vectors {
    private static final HexFormat HEX = HexFormat.of();

    private Vectors() {}

    static List<Map<String, String>> of(String resource) {
        List<Map<String, String>> paragraphs = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(Vectors.class.getResourceAsStream(resource))) {
            for (String text : new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n\n", -1)) {
                Map<String, String> paragraph = new LinkedHashMap<>();
                text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                    String[] sides = line.split(" =", 2);
                    paragraph.put(sides[0], sides[1].strip());
                });
                paragraphs.add(paragraph);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return paragraphs;
    }

    static List<Map<String, String>> with(List<Map<String, String>> paragraphs, String name) {
        return paragraphs.stream().filter(each -> each.containsKey(name)).toList();
    }

    static byte[] bytes(Map<String, String> paragraph, String name) {
        return HEX.parseHex(Objects.requireNonNull(paragraph.get(name), name));
    }

    static Opaque opaque(Map<String, String> paragraph, String name) {
        return Opaque.wrap(bytes(paragraph, name));
    }

    /** A source of chance that gives these bytes, once. */
    static RandomGenerator drawing(byte[] drawn) {
        return new RandomGenerator() {
            @Override
            public void nextBytes(byte[] bytes) {
                if (bytes.length != drawn.length) {
                    throw new AssertionError("draws " + bytes.length + " bytes, not " + drawn.length);
                }
                System.arraycopy(drawn, 0, bytes, 0, drawn.length);
            }

            @Override
            public long nextLong() {
                throw new AssertionError("draws bytes only");
            }
        };
    }
}
