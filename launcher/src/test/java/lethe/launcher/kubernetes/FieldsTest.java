package lethe.launcher.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field of every manifest is one that Kubernetes knows; and the check that says so finds mistakes. */
class FieldsTest {
    /** It has only what is different. */
    private static final Path PATCH = Path.of("overlays", "dev", "broker.yaml");

    static List<Path> files() {
        return Manifest.files();
    }

    @ParameterizedTest
    @MethodSource("files")
    void areKnownAndOfTheRightKind(Path file) {
        assertThat(Manifest.in(file))
                .isNotEmpty()
                .allSatisfy(manifest -> assertThat(
                                file.endsWith(PATCH) ? Models.fields(manifest) : Models.problems(manifest))
                        .isEmpty());
    }

    @Test
    void areInAKustomizationWhateverTheFile() {
        List<Path> files = Manifest.files();
        for (Path file : files) {
            Path kustomization = file.resolveSibling("kustomization.yaml");
            assertThat(kustomization).content().contains(file.getFileName().toString());
        }
        assertThat(files).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "base/broker/deployment.yaml | replicas: 3 | replicaz: 3",
                "base/broker/deployment.yaml | replicas: 3 | replicas: three",
                "base/broker/deployment.yaml | containerPort: 8080 | containerPort: \"8080\"",
                "base/broker/deployment.yaml | matchLabels: | matchLables:",
                "base/broker/deployment.yaml | readOnlyRootFilesystem | readOnlyRootFileSystem",
                "base/broker/deployment.yaml | value: \"2\" | value: 2",
                "base/broker/deployment.yaml | memory: 2Gi | memory: 2GiB",
                "base/broker/deployment.yaml | drop: [ALL] | drop: ALL",
                "base/broker/deployment.yaml | apps/v1 | extensions/v1beta1",
                "base/broker/deployment.yaml | name: operators | nam: operators",
                "base/broker/deployment.yaml | containers: | container:",
                "base/broker/network.yaml | policyTypes: [Ingress, Egress] | policyTypes: Ingress",
                "base/broker/network.yaml | podSelector: {} | podSelektor: {}",
                "base/broker/disruption.yaml | maxUnavailable: 1 | maxUnavailable: true",
                "base/broker/account.yaml | verbs: [list] | verb: [list]",
                "base/broker/account.yaml | roleRef: | rolRef:",
                "components/prometheus/scaling.yaml | averageValue: \"9000\" | averageValue: many",
                "components/cert-manager/broker/nodes.yaml | isCA: true | isCa: true",
                "components/k8ssandra/cassandra.yaml | heap_max_size: | heap_maximum:",
            })
    void areFoundWhenTheyAreWrong(String file, String right, String wrong) throws IOException {
        String text = Files.readString(Manifest.directory().resolve(file));
        assertThat(text).contains(right);

        List<String> problems = Manifest.parse(file, text.replace(right, wrong)).stream()
                .flatMap(manifest -> Models.problems(manifest).stream())
                .toList();

        assertThat(problems).isNotEmpty();
    }
}
