package lethe.launcher.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The objects that a kustomization gathers, as far as tests need them where there is no kubectl: from its files and
 * those that it builds upon, in their namespaces; without patches and what is generated.
 */
final class Kustomized {
    private Kustomized() {}

    static List<Manifest> in(String directory) {
        return in(Manifest.directory().resolve(directory));
    }

    private static List<Manifest> in(Path directory) {
        JsonNode kustomization =
                Manifest.in(directory.resolve("kustomization.yaml")).get(0).object();
        String namespace = kustomization.path("namespace").asText();
        List<Manifest> gathered = new ArrayList<>();
        named(kustomization).forEach(name -> {
            Path path = directory.resolve(name).normalize();
            gathered.addAll(path.toFile().isDirectory() ? in(path) : Manifest.in(path));
        });
        return gathered.stream().map(manifest -> placed(manifest, namespace)).toList();
    }

    static Stream<String> named(JsonNode kustomization) {
        return Stream.of("resources", "components")
                .flatMap(key -> StreamSupport.stream(kustomization.path(key).spliterator(), false))
                .map(JsonNode::asText);
    }

    private static Manifest placed(Manifest manifest, String namespace) {
        if (namespace.isEmpty() || manifest.kind().equals("Namespace")) {
            return manifest;
        }
        JsonNode object = manifest.object().deepCopy();
        ((ObjectNode) object.path("metadata")).put("namespace", namespace);
        return new Manifest(manifest.origin(), object);
    }
}
