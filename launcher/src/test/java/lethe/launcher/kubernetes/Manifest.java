package lethe.launcher.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One object of Kubernetes.
 *
 * @param origin where it comes from, for people
 */
record Manifest(String origin, JsonNode object) {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** The checkout that is tested. */
    static Path home() {
        return Path.of(Objects.requireNonNull(System.getProperty("lethe.home")));
    }

    static Path directory() {
        return home().resolve("k8s");
    }

    /** All files below {@code k8s} that kustomizations name. */
    static List<Path> files() {
        try (Stream<Path> all = Files.walk(directory())) {
            return all.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.endsWith("kustomization.yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is in a file. */
    static List<Manifest> in(Path file) {
        try {
            return parse(directory().relativize(file).toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Manifest> parse(String origin, String text) throws IOException {
        List<Manifest> manifests = new ArrayList<>();
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(text)) {
            while (documents.hasNext()) {
                manifests.add(new Manifest(origin, documents.next()));
            }
        }
        return manifests;
    }

    String kind() {
        return object.path("kind").asText();
    }

    String apiVersion() {
        return object.path("apiVersion").asText();
    }

    String name() {
        return object.at("/metadata/name").asText();
    }

    String namespace() {
        return object.at("/metadata/namespace").asText();
    }

    JsonNode at(String pointer) {
        return object.at(pointer);
    }

    /** Whether it makes pods, by a template. */
    boolean isWorkload() {
        return kind().equals("Deployment") || kind().equals("StatefulSet");
    }

    JsonNode podLabels() {
        return at("/spec/template/metadata/labels");
    }

    JsonNode pod() {
        return at("/spec/template/spec");
    }

    /** Its only container. */
    JsonNode container() {
        return pod().at("/containers/0");
    }

    /** Whether one of our programs runs in its pods. */
    boolean isLethe() {
        return isWorkload() && container().path("image").asText().matches("(.*/)?lethe([:@].*)?");
    }

    /** Of its program, with something in the place of what the environment has. */
    String[] arguments() {
        return StreamSupport.stream(container().path("args").spliterator(), false)
                .map(argument -> argument.asText().replaceAll("\\$\\([A-Z]+\\)", "https://example.org"))
                .toArray(String[]::new);
    }

    List<String> portNames() {
        return container().path("ports").findValuesAsText("name");
    }

    @Override
    public String toString() {
        return origin + ": " + kind() + " " + name();
    }
}
