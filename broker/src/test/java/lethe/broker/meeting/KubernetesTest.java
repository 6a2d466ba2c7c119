package lethe.broker.meeting;

import static lethe.broker.meeting.TestMember.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that meet by the pods of a Kubernetes API: a server that answers one question, to whoever has the token. */
class KubernetesTest {
    private static final String TOKEN = "token-of-a-service-account";

    private final List<TestMember> members = new ArrayList<>();
    private final List<String> pods = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();

    @TempDir
    private Path account;

    private HttpsServer server;

    @BeforeEach
    void serve() throws Exception {
        // Akka takes the address from the environment alone; the build sets it for all tests.
        InetAddress address = InetAddress.getByName(System.getenv("LETHE_TEST_KUBERNETES_HOST"));
        int port = Integer.parseInt(System.getenv("LETHE_TEST_KUBERNETES_PORT"));
        TestAuthority authority = new TestAuthority("kubernetes");
        authority.writeTo(account.resolve("ca.crt"));
        Files.writeString(account.resolve("token"), TOKEN);
        Files.writeString(account.resolve("namespace"), "lethe-broker");
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(authority.server(address), TestAuthority.password());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(address, port), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/api/v1/namespaces/lethe-broker/pods", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        members.forEach(TestMember::close);
        server.stop(0);
    }

    @Test
    void beginAClusterWhenEnoughPodsAreThere() {
        TestMember first = starts("127.0.0.21");
        soon().during(Duration.ofSeconds(3)).until(() -> !asked.isEmpty() && !first.isMember());

        TestMember second = starts("127.0.0.22");
        TestMember third = starts("127.0.0.23");

        soon().until(() -> first.up() == 3 && second.up() == 3 && third.up() == 3);
        assertThat(asked).allMatch(query -> query.equals("labelSelector=app.kubernetes.io/name=lethe-broker"));
    }

    @Test
    void waitAsLongAsTheyMayNotAsk() throws IOException {
        Files.writeString(account.resolve("token"), "somebody else's");

        TestMember first = starts("127.0.0.21");
        TestMember second = starts("127.0.0.22");

        soon().until(() -> refused.size() > 4);
        assertThat(first.isMember()).isFalse();
        assertThat(second.isMember()).isFalse();
    }

    private TestMember starts(String address) {
        int port = TestMember.freePort(address);
        pods.add(pod(address, port));
        TestMember member = TestMember.start(
                "meet = kubernetes, address = \"" + address + "\", bootstrap-port = " + port, """
                akka.discovery.kubernetes-api {
                  api-ca-path = "%1$s/ca.crt"
                  api-token-path = "%1$s/token"
                  pod-namespace-path = "%1$s/namespace"
                  api-service-host-env-name = "LETHE_TEST_KUBERNETES_HOST"
                  api-service-port-env-name = "LETHE_TEST_KUBERNETES_PORT"
                }
                """.formatted(account));
        members.add(member);
        return member;
    }

    /** As Kubernetes shows one, with what is of no interest here left out. */
    private static String pod(String address, int port) {
        return """
                {
                  "metadata": {"name": "broker", "namespace": "lethe-broker"},
                  "spec": {"containers": [{"name": "broker", "ports": [
                    {"name": "phones", "containerPort": 8080, "protocol": "TCP"},
                    {"name": "bootstrap", "containerPort": %d, "protocol": "TCP"}]}]},
                  "status": {"phase": "Running", "podIP": "%s",
                    "containerStatuses": [{"name": "broker", "ready": false, "state": {"running": {}}}]}
                }
                """.formatted(port, address);
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean known = ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        (known ? asked : refused).add(exchange.getRequestURI().getQuery());
        String list = pods.stream()
                .collect(Collectors.joining(",", "{\"kind\": \"PodList\", \"apiVersion\": \"v1\", \"items\": [", "]}"));
        byte[] body = (known ? list : "{}").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(known ? 200 : 403, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
