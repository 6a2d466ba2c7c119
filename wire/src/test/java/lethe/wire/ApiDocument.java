package lethe.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;
import lethe.core.protocol.ProblemType;

/** One of the documents of the interfaces, and the JSON schemas in it. */
final class ApiDocument {
    private final JsonNode root;
    private final String text;
    private final SchemaRegistry registry;
    private final String location;
    private final Map<String, Schema> schemas = new HashMap<>();

    private ApiDocument(String name, SpecificationVersion dialect) {
        this.location = "https://lethe.test/" + name;
        try (InputStream in = Objects.requireNonNull(ApiDocument.class.getResourceAsStream("/lethe/api/" + name))) {
            this.text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            this.root = new YAMLMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String json = root.toString();
        this.registry = SchemaRegistry.withDefaultDialect(dialect, builder -> builder.schemas(Map.of(location, json)));
    }

    static ApiDocument asyncApi() {
        return new ApiDocument("asyncapi.yaml", SpecificationVersion.DRAFT_7);
    }

    static ApiDocument openApi() {
        return new ApiDocument("openapi.yaml", SpecificationVersion.DRAFT_2020_12);
    }

    static ApiDocument tagger() {
        return new ApiDocument("tagger.yaml", SpecificationVersion.DRAFT_2020_12);
    }

    static ApiDocument verifier() {
        return new ApiDocument("verifier.yaml", SpecificationVersion.DRAFT_2020_12);
    }

    static ApiDocument gateway() {
        return new ApiDocument("gateway.yaml", SpecificationVersion.DRAFT_2020_12);
    }

    String text() {
        return text;
    }

    /** @param path for example {@code /components/schemas} */
    JsonNode at(String path) {
        return root.at(path);
    }

    List<String> namesAt(String path) {
        List<String> names = new ArrayList<>();
        root.at(path).fieldNames().forEachRemaining(names::add);
        return names;
    }

    boolean accepts(String schema, String json) {
        return schemas.computeIfAbsent(
                        schema,
                        name -> registry.getSchema(SchemaLocation.of(location + "#/components/schemas/" + name)))
                .validate(json, InputFormat.JSON)
                .isEmpty();
    }

    /** The fields of an object schema, each as key, name and whether it is required, but for the type of a frame. */
    List<String> fieldsOf(String schema) {
        JsonNode described = root.at("/components/schemas/" + schema);
        List<String> required = strings(described.path("required"));
        List<String> fields = new ArrayList<>();
        described.path("properties").properties().forEach(property -> {
            int key = property.getValue().path("x-key").asInt(-1);
            if (key != Kind.KEY) {
                fields.add(line(key, property.getKey(), required.contains(property.getKey())));
            }
        });
        return fields;
    }

    /** The same of the codec's own table. */
    static List<String> fieldsOf(Shape<?> shape) {
        return shape.fields().stream()
                .map(field -> line(field.key(), field.name().getValue(), field.required()))
                .toList();
    }

    static String line(int key, String name, boolean required) {
        return key + " " + name + (required ? "" : "?");
    }

    /** The registry of problems as the document has it: word, status, retryable, title. */
    List<List<Object>> problems() {
        return StreamSupport.stream(root.at("/x-problems").spliterator(), false)
                .map(problem -> List.<Object>of(
                        problem.path("type").asText(),
                        problem.path("status").asInt(),
                        problem.path("retryable").asBoolean(),
                        problem.path("title").asText()))
                .toList();
    }

    /** The same of the enumeration. */
    static List<List<Object>> problemsInForce() {
        return List.of(ProblemType.values()).stream()
                .map(type -> List.<Object>of(type.word(), type.status(), type.retryable(), type.title()))
                .toList();
    }

    static List<String> strings(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** The name of a frame's schema, for example {@code FallbackNow}. */
    static String schemaOf(Kind<?> kind) {
        StringBuilder name = new StringBuilder();
        for (String part : kind.word().split("_", -1)) {
            name.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
        }
        return name.toString();
    }

    static List<Kind<?>> allKinds() {
        List<Kind<?>> kinds = new ArrayList<>(ClientFrames.VOCABULARY.kinds());
        kinds.addAll(ServerFrames.VOCABULARY.kinds());
        return kinds;
    }

    static Optional<Kind<?>> kindOf(Class<?> type) {
        return allKinds().stream().filter(kind -> kind.type() == type).findFirst();
    }
}
