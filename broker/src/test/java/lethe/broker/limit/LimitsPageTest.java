package lethe.broker.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import lethe.core.limit.Limit;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import org.junit.jupiter.api.Test;

/** What operators read of limits is the catalogue. */
class LimitsPageTest {
    private static final Config SHIPPED =
            ConfigFactory.parseResources("reference.conf").resolve();

    @Test
    void theDocumentHasTheCatalogueAsItIsShipped() throws IOException {
        Path home = Path.of(Objects.requireNonNull(System.getProperty("lethe.home")));
        List<String> rows = Files.readAllLines(home.resolve("docs/operations.md")).stream()
                .dropWhile(line -> !line.equals("## Limits"))
                .filter(line -> line.startsWith("| `"))
                .limit(Limit.values().length)
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(
                        Arrays.stream(Limit.values()).map(LimitsPageTest::row).toList());
    }

    private static String row(Limit limit) {
        String keys = limit.keys().stream().map(key -> "`" + key + "`").collect(Collectors.joining(", "));
        String bound = limit.bound(limit.keys().stream().map(SHIPPED::getString).toList());
        return "| `" + limit.word() + "` | " + limit.scope().word() + " | " + limit.counted() + " | " + bound + " | "
                + keys + " | " + limit.refusal() + " |";
    }

    @Test
    void aProblemThatNamesALimitIsCountedAndNoOther() {
        Limits limits = Limits.from(SHIPPED);
        limits.refused(limits.refusal(Limit.DEVICE_REQUESTS, Duration.ofSeconds(1)));
        limits.refused(Problem.of(ProblemType.GONE));

        assertThat(limits.count(Limit.DEVICE_REQUESTS)).isEqualTo(2);
        assertThat(limits.toJson())
                .startsWith("{\"limits\":[{\"limit\":\"node-connections\",\"scope\":\"node\",")
                .contains("\"bound\":\"20 a second, 100 at once\",\"refused\":2}")
                .endsWith("}]}");
        assertThat(limits.toTable().lines()).hasSize(1 + Limit.values().length);
    }
}
