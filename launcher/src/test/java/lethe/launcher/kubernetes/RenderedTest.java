package lethe.launcher.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import lethe.launcher.Main;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What kubectl makes of the overlays, where there is a kubectl. It asks no cluster for that. */
class RenderedTest {
    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/dev", "overlays/prod"})
    void isKnownToKubernetes(String overlay) throws Exception {
        List<Manifest> rendered = render(overlay);

        assertThat(rendered)
                .hasSizeGreaterThan(10)
                .allSatisfy(manifest -> assertThat(Models.problems(manifest))
                        .as(manifest.toString())
                        .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/dev", "overlays/prod"})
    void hasTheSettingsThatPodsReferTo(String overlay) throws Exception {
        List<Manifest> rendered = render(overlay);
        Manifest broker = named(rendered, "broker").orElseThrow();
        String settings =
                broker.pod().at("/volumes").findValue("configMap").path("name").asText();

        assertThat(settings).startsWith("broker-");
        assertThat(rendered)
                .anyMatch(manifest -> manifest.kind().equals("ConfigMap")
                        && manifest.name().equals(settings)
                        && manifest.at("/data/lethe.conf").asText().contains("meet = \"kubernetes\""));
        assertThat(rendered.stream().map(Manifest::namespace)).doesNotContain("default");
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/dev", "overlays/prod"})
    void givesProgramsArgumentsThatTheyUnderstand(String overlay) throws Exception {
        assertThat(render(overlay))
                .filteredOn(Manifest::isLethe)
                .isNotEmpty()
                .allSatisfy(
                        manifest -> assertThatCode(() -> new CommandLine(new Main()).parseArgs(manifest.arguments()))
                                .doesNotThrowAnyException());
    }

    private static Optional<Manifest> named(List<Manifest> all, String workload) {
        return all.stream()
                .filter(manifest -> manifest.isWorkload() && manifest.name().equals(workload))
                .findFirst();
    }

    private static List<Manifest> render(String overlay) throws IOException, InterruptedException {
        Process kubectl;
        try {
            kubectl = new ProcessBuilder("kubectl", "kustomize", overlay)
                    .directory(Manifest.directory().toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException none) {
            Assumptions.abort("there is no kubectl");
            throw none;
        }
        String text = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(kubectl.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(kubectl.exitValue()).isZero();
        return Manifest.parse(overlay, text);
    }
}
