package lethe.launcher.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Fields of objects that come with operators, as these define them; those that we use. */
final class CustomFields {
    private static final Set<String> ALL = Set.of("metadata.name", "metadata.namespace", "metadata.labels.*");

    private static final Map<String, Set<String>> KNOWN = Map.of(
            "Issuer",
            Set.of("spec.selfSigned", "spec.ca.secretName"),
            "Certificate",
            Set.of(
                    "spec.isCA",
                    "spec.commonName",
                    "spec.secretName",
                    "spec.dnsNames[]",
                    "spec.usages[]",
                    "spec.duration",
                    "spec.renewBefore",
                    "spec.privateKey.algorithm",
                    "spec.privateKey.encoding",
                    "spec.privateKey.size",
                    "spec.privateKey.rotationPolicy",
                    "spec.issuerRef.kind",
                    "spec.issuerRef.name"),
            "PodMonitor",
            Set.of(
                    "spec.selector.matchLabels.*",
                    "spec.podMetricsEndpoints[].port",
                    "spec.podMetricsEndpoints[].path",
                    "spec.podMetricsEndpoints[].interval"),
            "PrometheusRule",
            Set.of(
                    "spec.groups[].name",
                    "spec.groups[].rules[].alert",
                    "spec.groups[].rules[].expr",
                    "spec.groups[].rules[].for"),
            "K8ssandraCluster",
            Set.of(
                    "spec.auth",
                    "spec.cassandra.serverVersion",
                    "spec.cassandra.datacenters[].metadata.name",
                    "spec.cassandra.datacenters[].size",
                    "spec.cassandra.storageConfig.cassandraDataVolumeClaimSpec.accessModes[]",
                    "spec.cassandra.storageConfig.cassandraDataVolumeClaimSpec.resources.requests.storage",
                    "spec.cassandra.resources.requests.cpu",
                    "spec.cassandra.resources.requests.memory",
                    "spec.cassandra.resources.limits.memory",
                    "spec.cassandra.config.jvmOptions.heap_initial_size",
                    "spec.cassandra.config.jvmOptions.heap_max_size",
                    "spec.cassandra.config.jvmOptions.additionalJvmServerOptions[]",
                    "spec.cassandra.config.cassandraYaml.*"));

    /** Whose keys are free. */
    private static final Set<String> MAPS =
            Set.of("metadata.labels", "spec.selector.matchLabels", "spec.cassandra.config.cassandraYaml");

    private CustomFields() {}

    /** Which of an object's fields are not on the list. */
    static List<String> unknown(Manifest manifest) {
        List<String> leaves = new ArrayList<>();
        manifest.object().properties().forEach(property -> {
            if (!Set.of("apiVersion", "kind").contains(property.getKey())) {
                collect(property.getKey(), property.getValue(), leaves);
            }
        });
        Set<String> known = KNOWN.getOrDefault(manifest.kind(), Set.of());
        return leaves.stream()
                .filter(leaf -> !ALL.contains(leaf) && !known.contains(leaf))
                .map(leaf -> "." + leaf + " is not known")
                .toList();
    }

    private static void collect(String path, JsonNode node, List<String> leaves) {
        if (node.isArray()) {
            node.forEach(element -> collect(path + "[]", element, leaves));
        } else if (node.isObject() && !node.isEmpty()) {
            node.properties()
                    .forEach(property -> collect(
                            path + "." + (MAPS.contains(path) ? "*" : property.getKey()), property.getValue(), leaves));
        } else {
            leaves.add(path);
        }
    }
}
