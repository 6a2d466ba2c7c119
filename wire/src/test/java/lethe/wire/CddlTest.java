package lethe.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The CDDL has every frame and body with its keys, and says nothing that it does not define. */
class CddlTest {
    private static final Pattern FIELD = Pattern.compile("  (\\? )?(\\d+) => ([^,]+), ; (\\w+)");
    private static final Pattern NAME = Pattern.compile("\"[^\"]*\"|[a-z][a-z0-9-]*");
    private static final TreeSet<String> PRELUDE = new TreeSet<>(List.of("bool", "bstr", "tstr"));

    private List<String> lines = List.of();
    private final Map<String, List<String>> rules = new LinkedHashMap<>();

    @BeforeEach
    void readRules() throws IOException {
        Path home = Path.of(Objects.requireNonNull(System.getProperty("lethe.home")));
        lines = Files.readAllLines(home.resolve("docs/lethe.cddl"));
        String rule = "";
        for (String line : lines) {
            if (line.endsWith(" = {")) {
                rule = line.substring(0, line.indexOf(' '));
                rules.put(rule, new ArrayList<>());
            }
            Matcher field = FIELD.matcher(line);
            if (field.matches()) {
                Objects.requireNonNull(rules.get(rule)).add(lineOf(field));
            }
        }
    }

    private static String lineOf(Matcher field) {
        int key = Integer.parseInt(field.group(2));
        return key == Kind.KEY
                ? "type " + field.group(3)
                : ApiDocument.line(key, field.group(4), field.group(1) == null);
    }

    @Test
    void hasTheKeysOfEveryFrame() {
        for (Kind<?> kind : ApiDocument.allKinds()) {
            List<String> expected = new ArrayList<>(List.of("type " + kind.number()));
            expected.addAll(ApiDocument.fieldsOf(kind.shape()));
            assertThat(rules.get(kind.word().replace('_', '-'))).as(kind.word()).isEqualTo(expected);
        }
        assertThat(rules.get("resume")).isEqualTo(ApiDocument.fieldsOf(ClientFrames.resume()));
    }

    @Test
    void hasTheKeysOfEveryBody() {
        Map<Class<?>, Shape<?>> bodies = new LinkedHashMap<>(BodyShapes.ALL);
        bodies.putAll(PrekeyShapes.ALL);
        bodies.putAll(LookupShapes.ALL);
        bodies.putAll(TaggerShapes.ALL);
        bodies.putAll(VerifierShapes.ALL);
        bodies.putAll(GatewayShapes.ALL);
        bodies.forEach((type, shape) -> {
            String rule =
                    type.getSimpleName().replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            assertThat(rules.get(rule)).as(rule).isEqualTo(ApiDocument.fieldsOf(shape));
        });
    }

    @Test
    void hasNoOtherRecords() {
        // And the part of hello that is no frame.
        assertThat(rules)
                .hasSize(ApiDocument.allKinds().size()
                        + BodyShapes.ALL.size()
                        + PrekeyShapes.ALL.size()
                        + LookupShapes.ALL.size()
                        + TaggerShapes.ALL.size()
                        + VerifierShapes.ALL.size()
                        + GatewayShapes.ALL.size()
                        + 1);
    }

    @Test
    void definesEveryNameThatItUses() {
        TreeSet<String> defined = new TreeSet<>(PRELUDE);
        TreeSet<String> used = new TreeSet<>();
        for (String line : lines) {
            String bare = line.replaceAll(";.*", "").replaceAll("\\.size", "");
            int sign = bare.indexOf(" =");
            if (sign > 0 && !bare.startsWith(" ")) {
                defined.add(bare.substring(0, sign));
                bare = bare.substring(sign);
            }
            NAME.matcher(bare).results().map(result -> result.group()).forEach(used::add);
        }
        used.removeIf(name -> name.startsWith("\""));

        assertThat(defined).containsAll(used);
    }
}
