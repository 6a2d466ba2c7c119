package lethe.broker.edge;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lethe.broker.limit.Limits;
import lethe.core.protocol.Bodies;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Kubernetes and Prometheus ask of a broker's pod, asked of its operators' port. */
class ProbesTest {
    private static final Pattern PATH = Pattern.compile("^ +path: (/[a-z]+)$", Pattern.MULTILINE);

    private ActorTestKit akka;
    private AdminEdge admin;

    @BeforeEach
    void start() throws Exception {
        Config config = ConfigFactory.parseString("akka.actor.provider = local, lethe.edge.admin.port = 0")
                .withFallback(ConfigFactory.defaultReference())
                .resolve();
        akka = ActorTestKit.create(config);
        admin = AdminEdge.start(
                        akka.system(),
                        EdgeSettings.from(config.getConfig("lethe")),
                        new OperatorPages(
                                () -> CompletableFuture.completedFuture(true),
                                Optional::empty,
                                Limits.from(config),
                                type -> "# as " + type),
                        new OperatorPolicy(
                                () -> Bodies.PolicyInForce.of(TestEdge.POLICY, "Off by default."),
                                offered -> CompletableFuture.completedFuture(Optional.empty())))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() {
        akka.shutdownTestKit();
    }

    @Test
    void areAnswered() throws Exception {
        Path manifests = Path.of(Objects.requireNonNull(System.getProperty("lethe.home")), "k8s");
        List<String> paths = Stream.concat(
                        paths(manifests.resolve("base/broker/deployment.yaml")),
                        paths(manifests.resolve("components/prometheus/monitor.yaml")))
                .toList();

        assertThat(paths).hasSize(4);
        for (String path : paths) {
            assertThat(status(path)).as(path).isEqualTo(200);
        }
        assertThat(status("/healthz")).isEqualTo(404);
    }

    private static Stream<String> paths(Path file) throws Exception {
        return PATH.matcher(Files.readString(file))
                .results()
                .map(MatchResult::group)
                .map(line -> line.replaceFirst("^ +path: ", ""));
    }

    private int status(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + admin.address().getPort() + path);
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }
}
