package lethe.broker.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    @Test
    void anAddressThatAsksTooOftenIsToldWhenToComeBack() throws Exception {
        try (TestEdge edge = TestEdge.start("edge.connections { requests-per-second = 1, request-burst = 5 }")) {
            for (int i = 0; i < 5; i++) {
                assertThat(policy(edge).statusCode()).isEqualTo(200);
            }
            HttpResponse<String> refused = policy(edge);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.body()).contains("/problems#too-many-requests", "\"retry_after_ms\":");
            assertThat(refused.headers().firstValueAsLong("Retry-After")).hasValue(1);
        }
    }

    @Test
    void aDeviceThatAsksTooOftenDoesNotUseUpAnothers() throws Exception {
        try (TestEdge edge = TestEdge.start("edge.http { requests-per-second = 1, request-burst = 3 }")) {
            TestPhone eager = new TestPhone(edge);
            TestPhone calm = new TestPhone(edge);
            eager.optIn();
            calm.optIn();
            for (int i = 0; i < 3; i++) {
                assertThat(TestPhone.send(eager.get("/v1/inbox")).statusCode()).isEqualTo(200);
            }
            assertThat(TestPhone.send(eager.get("/v1/inbox")).statusCode()).isEqualTo(429);
            assertThat(TestPhone.send(calm.get("/v1/inbox")).statusCode()).isEqualTo(200);
        }
    }

    private static HttpResponse<String> policy(TestEdge edge) throws Exception {
        return TestPhone.send(HttpRequest.newBuilder(URI.create(edge.base() + "/v1/policy")));
    }
}
