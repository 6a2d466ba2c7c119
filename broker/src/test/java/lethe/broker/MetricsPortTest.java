package lethe.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import lethe.broker.telemetry.Exposition;
import lethe.persistence.local.SharedCassandra;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole broker, as somebody with a Prometheus sees it. */
class MetricsPortTest {
    private static final Set<String> LABELS =
            Set.of("kind", "reason", "limit", "answer", "end", "area", "id", "state", "action", "cause", "gc");

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path data;

    private Broker broker;

    @BeforeEach
    void start() throws Exception {
        Map<String, String> settings = Map.of(
                "lethe.edge.port",
                "0",
                "lethe.edge.admin.port",
                "0",
                "lethe.retention.audit-every",
                "1 s",
                // Nobody is there, and that keeps nobody from starting.
                "lethe.gateway.url",
                "http://127.0.0.1:1");
        String keyspace = SharedCassandra.freshKeyspace("metrics");
        broker = Broker.start(TestNode.configuration(keyspace, data, settings), Clock.tickMillis(ZoneOffset.UTC))
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        broker.stop().toCompletableFuture().get(60, TimeUnit.SECONDS);
        broker.stopped().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @Test
    void tellsAllThatTheManualNamesAndNothingOfTheMachine() throws Exception {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> ask("*/*").body().contains("lethe_retention_audit_age_seconds"));
        String text = ask("*/*").body();
        String manual = Files.readString(Path.of(System.getProperty("lethe.home"), "docs", "operations.md"));

        Exposition told = new Exposition(text);
        assertThat(told.descriptions())
                .containsKeys("lethe_epoch_keys_alive", "lethe_envelopes_lost_total", "jvm_memory_used_bytes")
                .containsKeys("lethe_sms_puts_total", "lethe_sms_reports_total", "lethe_sms_reports_age_seconds")
                .containsKeys("process_uptime_seconds", "process_cpu_seconds_total", "jvm_threads_live_threads")
                .allSatisfy((name, description) -> assertThat(description).isNotBlank());
        assertThat(told.descriptions().keySet().stream().filter(name -> name.startsWith("lethe_")))
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(manual).contains("`" + name));
        assertThat(told.labels()).isSubsetOf(LABELS);
        assertThat(text).doesNotContain(data.toString(), System.getProperty("java.home"));
    }

    @Test
    void countsConnectionsWhileTheyAreOpen() throws Exception {
        assertThat(connections()).isEqualTo("0.0");
        try (Socket phone =
                new Socket(broker.address().getAddress(), broker.address().getPort())) {
            assertThat(phone.isConnected()).isTrue();
            await().atMost(Duration.ofSeconds(20)).until(() -> connections().equals("1.0"));
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> connections().equals("0.0"));
    }

    @Test
    void speaksOpenMetricsWithWhoeverAsks() throws Exception {
        HttpResponse<String> answer = ask("application/openmetrics-text;version=1.0.0,text/plain;q=0.5");

        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/openmetrics-text; version=1.0.0"));
        assertThat(answer.body())
                .contains("# TYPE lethe_envelopes_lost counter\n", "lethe_envelopes_lost_total 0.0\n")
                .endsWith("# EOF\n");
    }

    private String connections() throws Exception {
        return String.valueOf(new Exposition(ask("*/*").body()).value("lethe_edge_connections"));
    }

    private HttpResponse<String> ask(String accept) throws Exception {
        URI page = URI.create("http://127.0.0.1:" + broker.adminAddress().getPort() + "/metrics");
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(page).header("Accept", accept).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer;
    }
}
