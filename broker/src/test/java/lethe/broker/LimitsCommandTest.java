package lethe.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import lethe.core.limit.Limit;
import lethe.persistence.local.SharedCassandra;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** An operator before a whole broker that has refused somebody. */
class LimitsCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path data;

    @Test
    void showsWhatIsInForceAndHowOftenItWasExhausted() throws Exception {
        Map<String, String> settings = Map.of(
                "lethe.edge.port", "0",
                "lethe.edge.admin.port", "0",
                "lethe.edge.connections.requests-per-second", "1",
                "lethe.edge.connections.request-burst", "2");
        String keyspace = SharedCassandra.freshKeyspace("limits");
        Broker broker = Broker.start(TestNode.configuration(keyspace, data, settings), Clock.tickMillis(ZoneOffset.UTC))
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
        try {
            exhaust(broker.address().getPort());
            String url = "http://127.0.0.1:" + broker.adminAddress().getPort();

            assertThat(limits("--broker", url)).isZero();
            assertThat(out.toString().lines())
                    .hasSize(1 + Limit.values().length)
                    .anyMatch(line -> line.matches("address-requests +address +1 a second, 2 at once +[1-9][0-9]*"));
            assertThat(limits("--broker", url, "--json")).isZero();
            assertThat(out.toString())
                    .contains("\"limit\":\"address-requests\"", "\"bound\":\"1 a second, 2 at once\"");
        } finally {
            broker.stop().toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void saysWhenNoBrokerAnswers() {
        assertThat(limits("--broker", "http://127.0.0.1:1")).isEqualTo(2);
        assertThat(err.toString()).contains("no broker answers operators");
    }

    private static void exhaust(int port) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/policy"))
                .build();
        for (int i = 0; i < 60; i++) {
            if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 429) {
                return;
            }
        }
        throw new AssertionError("nothing was refused");
    }

    private int limits(String... arguments) {
        return new CommandLine(new LimitsCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
