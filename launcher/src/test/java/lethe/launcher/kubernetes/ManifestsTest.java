package lethe.launcher.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import lethe.cluster.ClusterSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What manifests say of each other, and of the programs in the pods. */
class ManifestsTest {
    private static final List<Manifest> PRODUCTION = Kustomized.in("overlays/prod");
    private static final List<Manifest> DEVELOPMENT = Kustomized.in("overlays/dev");

    static Stream<Manifest> workloads() {
        return Stream.concat(workloadsOf(PRODUCTION), workloadsOf(DEVELOPMENT));
    }

    static Stream<Manifest> ours() {
        return workloads().filter(Manifest::isLethe);
    }

    private static Stream<Manifest> workloadsOf(List<Manifest> all) {
        return all.stream().filter(Manifest::isWorkload);
    }

    @Test
    void areAllThere() {
        assertThat(workloadsOf(PRODUCTION).map(Manifest::name))
                .containsExactlyInAnyOrder("broker", "tagger", "verifier", "gateway");
        assertThat(workloadsOf(DEVELOPMENT).map(Manifest::name)).containsExactlyInAnyOrder("broker", "cassandra");
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void selectTheirOwnPods(Manifest workload) {
        assertThat(has(workload.podLabels(), workload.at("/spec/selector/matchLabels")))
                .isTrue();
        workload.pod()
                .findValues("labelSelector")
                .forEach(selector -> assertThat(has(workload.podLabels(), selector.path("matchLabels")))
                        .isTrue());
    }

    @Test
    void selectPodsThatThereAre() {
        for (List<Manifest> all : List.of(PRODUCTION, DEVELOPMENT)) {
            for (Manifest manifest : all) {
                switch (manifest.kind()) {
                    case "Service" -> assertSelects(all, manifest, manifest.at("/spec/selector"));
                    case "PodDisruptionBudget", "PodMonitor" ->
                        assertSelects(all, manifest, manifest.at("/spec/selector/matchLabels"));
                    case "HorizontalPodAutoscaler" ->
                        assertThat(workloadsOf(all).map(Manifest::name))
                                .contains(
                                        manifest.at("/spec/scaleTargetRef/name").asText());
                    default -> {}
                }
            }
        }
    }

    @Test
    void nameOnlyPortsThatContainersHave() {
        for (Manifest manifest : PRODUCTION) {
            if (manifest.kind().equals("Service")) {
                List<String> ports = pods(PRODUCTION, manifest.namespace(), manifest.at("/spec/selector"))
                        .flatMap(workload -> workload.portNames().stream())
                        .toList();
                assertThat(ports).as(manifest.toString()).containsAll(texts(manifest.object(), "targetPort"));
            }
            if (manifest.isWorkload()) {
                List<String> probed = Stream.of("startupProbe", "readinessProbe", "livenessProbe")
                        .flatMap(probe -> texts(manifest.container().path(probe), "port").stream())
                        .toList();
                assertThat(probed).isNotEmpty();
                assertThat(manifest.portNames()).as(manifest.toString()).containsAll(probed);
            }
        }
    }

    /** Both ends of every way between pods: out of one and into the other. */
    @Test
    void openNoWayThatLeadsNowhere() {
        for (Manifest policy : PRODUCTION) {
            if (policy.kind().equals("NetworkPolicy")) {
                JsonNode subject = policy.at("/spec/podSelector/matchLabels");
                for (JsonNode rule : policy.at("/spec/ingress")) {
                    List<String> named = named(rule);
                    assertThat(pods(PRODUCTION, policy.namespace(), subject)
                                    .flatMap(workload -> workload.portNames().stream()))
                            .as(policy.toString())
                            .containsAll(named);
                }
                for (JsonNode rule : policy.at("/spec/egress")) {
                    List<String> named = named(rule);
                    if (!named.isEmpty()) {
                        assertThat(targets(policy, rule)).as(policy.toString()).containsAll(named);
                    }
                }
            }
        }
    }

    private static List<String> named(JsonNode rule) {
        return StreamSupport.stream(rule.path("ports").spliterator(), false)
                .map(port -> port.path("port"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .toList();
    }

    private static List<String> targets(Manifest policy, JsonNode rule) {
        return StreamSupport.stream(rule.path("to").spliterator(), false)
                .flatMap(to -> {
                    String other = to.at("/namespaceSelector/matchLabels/kubernetes.io~1metadata.name")
                            .asText();
                    String namespace = other.isEmpty() ? policy.namespace() : other;
                    return pods(PRODUCTION, namespace, to.at("/podSelector/matchLabels"));
                })
                .flatMap(workload -> workload.portNames().stream())
                .toList();
    }

    @Test
    void haveThePortsOfTheBrokersOwnSettings() {
        Config settings = podSettings().getConfig("lethe");
        Map<String, Integer> ports = new HashMap<>();
        broker().container()
                .path("ports")
                .forEach(port -> ports.put(
                        port.path("name").asText(), port.path("containerPort").asInt()));

        assertThat(ports)
                .isEqualTo(Map.of(
                        "phones", settings.getInt("edge.port"),
                        "operators", settings.getInt("edge.admin.port"),
                        "bootstrap", settings.getInt("cluster.bootstrap-port"),
                        "cluster", settings.getInt("cluster.port")));
        Config reference = ConfigFactory.defaultReferenceUnresolved();
        assertThat(settings.getInt("edge.port")).isEqualTo(reference.getInt("lethe.edge.port"));
        assertThat(settings.getInt("edge.admin.port")).isEqualTo(reference.getInt("lethe.edge.admin.port"));
        assertThat(settings.getInt("cluster.bootstrap-port"))
                .isEqualTo(reference.getInt("lethe.cluster.bootstrap-port"));
    }

    /** Brokers look for each other by it. */
    @Test
    void labelBrokersAsBrokersLookForThem() {
        String[] selector =
                podSettings().getString("lethe.cluster.kubernetes.selector").split("=", 2);

        assertThat(broker().podLabels().path(selector[0]).asText()).isEqualTo(selector[1]);
        assertThat(ClusterSettings.from(podSettings()).meeting()).isNotNull();
    }

    @Test
    void sayTheVersionThatIsBuilt() {
        assertThat(ours().map(workload ->
                        workload.podLabels().path("app.kubernetes.io/version").asText()))
                .containsOnly(ConfigFactory.defaultReferenceUnresolved().getString("lethe.cluster.app-version"));
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void giveContainersNoMoreThanTheyNeed(Manifest workload) {
        JsonNode pod = workload.pod();
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/runAsUser").asInt()).isPositive();
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        JsonNode container = workload.container();
        assertThat(pod.path("containers")).hasSize(1);
        assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                .isFalse();
        assertThat(container.at("/securityContext/capabilities/drop/0").asText())
                .isEqualTo("ALL");
        assertThat(container.at("/resources/limits/memory").asText())
                .isNotEmpty()
                .isEqualTo(container.at("/resources/requests/memory").asText());
        assertThat(pod.path("automountServiceAccountToken").asBoolean(true))
                .isEqualTo(workload.name().equals("broker"));
    }

    @ParameterizedTest
    @MethodSource("ours")
    void writeNothingThatReachesADisk(Manifest workload) {
        assertThat(workload.container()
                        .at("/securityContext/readOnlyRootFilesystem")
                        .asBoolean())
                .isTrue();
        Set<String> mounted = Set.copyOf(texts(workload.container().path("volumeMounts"), "name"));
        Set<String> declared = new HashSet<>();
        for (JsonNode volume : workload.pod().path("volumes")) {
            declared.add(volume.path("name").asText());
            if (volume.has("emptyDir")) {
                assertThat(volume.at("/emptyDir/medium").asText()).isEqualTo("Memory");
            }
        }
        workload.at("/spec/volumeClaimTemplates")
                .forEach(claim -> declared.add(claim.at("/metadata/name").asText()));
        assertThat(mounted).isEqualTo(declared);
    }

    @ParameterizedTest
    @MethodSource("ours")
    void nameOnlyFilesThatAreMounted(Manifest workload) {
        List<String> mounts = texts(workload.container().path("volumeMounts"), "mountPath");
        List<String> said = new ArrayList<>();
        workload.container().path("args").forEach(argument -> said.add(argument.asText()));
        if (workload.name().equals("broker")) {
            Config lethe = podSettings().getConfig("lethe");
            said.addAll(List.of(
                    lethe.getString("identity.key-file"),
                    lethe.getString("data"),
                    lethe.getString("edge.tls.certificate-chain"),
                    lethe.getString("edge.tls.private-key"),
                    lethe.getString("cluster.tls.certificate"),
                    lethe.getString("cluster.tls.private-key"),
                    lethe.getString("cluster.tls.authority")));
        }
        said.stream()
                .filter(text -> text.matches("(--[a-z-]+=)?/.*"))
                .map(text -> text.replaceFirst("^--[a-z-]+=", ""))
                .forEach(path ->
                        assertThat(mounts).anyMatch(mount -> Path.of(path).startsWith(mount)));
    }

    /** A broker that is told to stop has its time before it is killed. */
    @Test
    void waitLongerThanABrokersEndTakes() {
        Config phases = ClusterSettings.akka()
                .withFallback(ConfigFactory.defaultReferenceUnresolved())
                .getConfig("akka.coordinated-shutdown.phases");
        Duration end = phases.root().keySet().stream()
                .map(phase -> phases.hasPath(phase + ".timeout")
                        ? phases.getDuration(phase + ".timeout")
                        : Duration.ofSeconds(5))
                .reduce(Duration.ZERO, Duration::plus);
        Duration before = Duration.ofSeconds(
                broker().container().at("/lifecycle/preStop/sleep/seconds").asInt());

        assertThat(end).isGreaterThan(Duration.ofSeconds(30));
        assertThat(end.plus(before))
                .isLessThan(Duration.ofSeconds(
                        broker().pod().path("terminationGracePeriodSeconds").asInt()));
    }

    /** Tagger, verifier and gateway know numbers; the broker must not be near them. */
    @Test
    void keepTheFourApart() {
        Map<String, List<Manifest>> byNamespace =
                workloadsOf(PRODUCTION).collect(Collectors.groupingBy(Manifest::namespace));
        assertThat(byNamespace.values()).hasSize(4).allMatch(workloads -> workloads.size() == 1);
        List<String> secrets = workloadsOf(PRODUCTION)
                .flatMap(workload -> workload.pod().findValuesAsText("secretName").stream())
                .toList();
        assertThat(secrets).isNotEmpty().doesNotHaveDuplicates();
        for (String namespace : byNamespace.keySet()) {
            assertThat(PRODUCTION)
                    .as("a policy that lets nothing through in " + namespace)
                    .anyMatch(policy -> policy.kind().equals("NetworkPolicy")
                            && policy.namespace().equals(namespace)
                            && policy.at("/spec/podSelector").isEmpty()
                            && policy.at("/spec/policyTypes").size() == 2
                            && policy.at("/spec/ingress").isMissingNode()
                            && policy.at("/spec/egress").isMissingNode());
            assertThat(PRODUCTION)
                    .as("restricted pods in " + namespace)
                    .anyMatch(each -> each.kind().equals("Namespace")
                            && each.name().equals(namespace)
                            && each.at("/metadata/labels/pod-security.kubernetes.io~1enforce")
                                    .asText()
                                    .equals("restricted"));
        }
    }

    @Test
    void letBrokersListPodsAndNothingElse() {
        List<JsonNode> rules = PRODUCTION.stream()
                .filter(manifest -> manifest.kind().endsWith("Role"))
                .flatMap(role -> StreamSupport.stream(role.at("/rules").spliterator(), false))
                .toList();

        assertThat(rules).hasSize(1);
        assertThat(rules.get(0).path("resources").toString()).isEqualTo("[\"pods\"]");
        assertThat(rules.get(0).path("verbs").toString()).isEqualTo("[\"list\"]");
    }

    private static Manifest broker() {
        return workloadsOf(PRODUCTION)
                .filter(workload -> workload.name().equals("broker"))
                .findFirst()
                .orElseThrow();
    }

    /** What a broker reads in its pod, with an environment as the pod has it. */
    private static Config podSettings() {
        Map<String, Object> environment = new HashMap<>();
        broker().container().path("env").forEach(variable -> {
            String given = variable.path("value").asText();
            environment.put(variable.path("name").asText(), given.isEmpty() ? "10.1.2.3" : given);
        });
        Path file = Manifest.directory().resolve(Path.of("base", "broker", "lethe.conf"));
        return ConfigFactory.parseFile(
                        file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false))
                .withFallback(ConfigFactory.parseMap(environment))
                .withFallback(ConfigFactory.defaultReferenceUnresolved())
                .resolve();
    }

    private static void assertSelects(List<Manifest> all, Manifest manifest, JsonNode labels) {
        assertThat(pods(all, manifest.namespace(), labels))
                .as(manifest.toString())
                .isNotEmpty();
    }

    private static Stream<Manifest> pods(List<Manifest> all, String namespace, JsonNode labels) {
        return workloadsOf(all)
                .filter(workload -> workload.namespace().equals(namespace) && has(workload.podLabels(), labels));
    }

    private static boolean has(JsonNode labels, JsonNode wanted) {
        return !wanted.isEmpty()
                && wanted.properties().stream()
                        .allMatch(label -> labels.path(label.getKey()).equals(label.getValue()));
    }

    private static List<String> texts(JsonNode node, String key) {
        return node.findValues(key).stream()
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .toList();
    }
}
