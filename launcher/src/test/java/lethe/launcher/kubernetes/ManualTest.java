package lethe.launcher.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Manifests that say the same as the manual. */
class ManualTest {
    private static final Pattern METER = Pattern.compile("\\b(lethe|jvm|process)_[a-z_]+");
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z_]+)`.*");
    private static final List<Manifest> PRODUCTION = Kustomized.in("overlays/prod");

    @Test
    void hasAlertsOnMetersThatThereAre() throws IOException {
        String manual = Files.readString(Manifest.home().resolve("docs").resolve("operations.md"));
        List<String> meters = one("PrometheusRule").object().findValuesAsText("expr").stream()
                .flatMap(expression -> METER.matcher(expression).results())
                .map(MatchResult::group)
                .toList();

        assertThat(meters)
                .hasSizeGreaterThan(10)
                .allSatisfy(meter -> assertThat(manual).contains(meter));
    }

    /** Each setting without which Cassandra does not forget. */
    @Test
    void tellsCassandraAllThatItMustBeTold() throws IOException {
        List<String> settings = Files.readAllLines(
                        Manifest.home().resolve("docs").resolve("operations.md"))
                .stream()
                .dropWhile(line -> !line.equals("## Cassandra"))
                .dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|"))
                .map(ROW::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.group(1))
                .toList();

        assertThat(settings).hasSizeGreaterThan(10);
        assertThat(one("K8ssandraCluster")
                        .at("/spec/cassandra/config/cassandraYaml")
                        .fieldNames())
                .toIterable()
                .containsAll(settings);
    }

    private static Manifest one(String kind) {
        return PRODUCTION.stream()
                .filter(manifest -> manifest.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }
}
