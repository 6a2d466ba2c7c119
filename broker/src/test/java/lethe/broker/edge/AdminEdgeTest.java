package lethe.broker.edge;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import lethe.broker.limit.Limits;
import lethe.core.consent.Policy;
import lethe.core.limit.Limit;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.wire.Encoding;
import lethe.wire.Payloads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminEdgeTest {
    private final AtomicBoolean ready = new AtomicBoolean();
    private final AtomicReference<String> report = new AtomicReference<>();
    private final List<Bodies.PolicyInForce> raised = new CopyOnWriteArrayList<>();
    private final Limits limits =
            Limits.from(ConfigFactory.parseResources("reference.conf").resolve());
    private volatile Optional<Problem> objection = Optional.empty();
    private ActorTestKit akka;
    private AdminEdge admin;

    @BeforeEach
    void start() throws Exception {
        akka = ActorTestKit.create(ConfigFactory.parseString("akka.actor.provider = local")
                .withFallback(ConfigFactory.defaultReference())
                .resolve());
        var settings = EdgeSettings.from(ConfigFactory.parseString("lethe.edge.admin.port = 0")
                .withFallback(ConfigFactory.parseResources("reference.conf"))
                .resolve()
                .getConfig("lethe"));
        admin = AdminEdge.start(
                        akka.system(),
                        settings,
                        new OperatorPages(
                                () -> CompletableFuture.completedFuture(ready.get()),
                                () -> Optional.ofNullable(report.get()),
                                limits,
                                type -> "# as " + type),
                        new OperatorPolicy(
                                () -> Bodies.PolicyInForce.of(TestEdge.POLICY, "Off by default."),
                                offered -> CompletableFuture.completedFuture(raised(offered))))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() {
        akka.shutdownTestKit();
    }

    @Test
    void livesBeforeItIsReady() throws Exception {
        assertThat(get("/livez").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        ready.set(true);
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    void listsTheLimitsForPeopleAndForPrograms() throws Exception {
        limits.refused(Limit.ADDRESS_REQUESTS);

        assertThat(get("/limits").body().lines())
                .hasSize(1 + Limit.values().length)
                .anyMatch(line -> line.matches("address-requests +address +200 a second, 4000 at once +1"));
        HttpResponse<String> json = TestPhone.send(request("/limits").header("Accept", "application/json"));
        assertThat(json.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(json.body())
                .contains("{\"limit\":\"address-requests\",\"scope\":\"address\"")
                .contains("\"bound\":\"200 a second, 4000 at once\",\"refused\":1}");
    }

    @Test
    void tellsTheLastReportOnceThereIsOne() throws Exception {
        assertThat(get("/retention").statusCode()).isEqualTo(503);
        report.set("{\"overdue\":0}");
        assertThat(get("/retention").body()).isEqualTo("{\"overdue\":0}");
        assertThat(get("/retention").headers().firstValue("Content-Type")).contains("application/json");
    }

    @Test
    void isNotReadyAnyMoreWhenItsStoreIsGone() throws Exception {
        ready.set(true);
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        ready.set(false);
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/livez").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "text/plain",
                "application/json",
                "text/plain;version=0.0.4;q=0.7,application/openmetrics-text;q=0.5",
                "application/openmetrics-text;q=0",
                "=nonsense"
            })
    void tellsNumbersAsPrometheusDoes(String accept) throws Exception {
        assertNumbersAre("text/plain; version=0.0.4; charset=utf-8", accept);
    }

    /** The second is what Prometheus 2.42 asks, the third Prometheus 3. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/openmetrics-text",
                "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
                        + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
                "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                        + "application/openmetrics-text;version=0.0.1;q=0.5,"
                        + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2"
            })
    void tellsNumbersAsOpenMetricsToWhoeverAsks(String accept) throws Exception {
        assertNumbersAre("application/openmetrics-text; version=1.0.0; charset=utf-8", accept);
    }

    private void assertNumbersAre(String type, String accept) throws Exception {
        HttpResponse<String> answer = TestPhone.send(request("/metrics").header("Accept", accept));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("# as " + type);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(told -> assertThat(told).isEqualToIgnoringCase(type));
    }

    @Test
    void listensOnLoopbackAndServesNothingElse() throws Exception {
        assertThat(admin.address().getAddress().isLoopbackAddress()).isTrue();
        assertThat(get("/v1/policy").statusCode()).isEqualTo(404);
    }

    @Test
    void showsThePolicyInForce() throws Exception {
        assertThat(get("/policy").statusCode()).isEqualTo(200);
        assertThat(get("/policy").body()).contains("\"epoch\":1", "Off by default.");
    }

    @Test
    void takesAPolicyThatIsRight() throws Exception {
        assertThat(put("application/json", policy("Off by default.")).statusCode())
                .isEqualTo(204);
        assertThat(raised)
                .singleElement()
                .extracting(Bodies.PolicyInForce::epoch)
                .isEqualTo(2L);
    }

    @Test
    void answersWithTheProblemOfOneThatIsNot() throws Exception {
        objection = Optional.of(Problem.of(ProblemType.OUTDATED_POLICY));

        HttpResponse<String> answer = put("application/json", policy("Off by default."));

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("outdated-policy");
    }

    @Test
    void refusesWhatIsNoPolicy() throws Exception {
        assertThat(put("application/json", "{}").statusCode()).isEqualTo(400);
        assertThat(put("text/plain", policy("Off by default.")).statusCode()).isEqualTo(415);
        assertThat(put("application/json", policy("a".repeat(200_000))).statusCode())
                .isEqualTo(413);
        assertThat(TestPhone.send(request("/policy").DELETE()).statusCode()).isEqualTo(405);
        assertThat(raised).isEmpty();
    }

    private static String policy(String text) {
        Policy policy = Policy.of(2, text);
        return new String(
                Payloads.encode(Encoding.JSON, Bodies.PolicyInForce.of(policy, text)), StandardCharsets.UTF_8);
    }

    private Optional<Problem> raised(Bodies.PolicyInForce offered) {
        raised.add(offered);
        return objection;
    }

    private HttpResponse<String> put(String type, String body) throws Exception {
        return TestPhone.send(
                request("/policy").header("Content-Type", type).PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return TestPhone.send(request(path));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + admin.address().getPort() + path));
    }
}
