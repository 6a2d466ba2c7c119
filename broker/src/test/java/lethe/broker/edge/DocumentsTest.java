package lethe.broker.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lethe.core.protocol.ProblemType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsTest {
    private static TestEdge edge;

    @BeforeAll
    static void start() throws Exception {
        edge = TestEdge.start();
    }

    @AfterAll
    static void stop() throws Exception {
        edge.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/openapi.yaml, application/yaml, openapi: 3.1",
        "/asyncapi.yaml, application/yaml, asyncapi: 3.0",
        "/docs/, text/html; charset=UTF-8, swagger-ui-bundle.js",
        "/docs/start.js, application/javascript; charset=UTF-8, /openapi.yaml",
        "/docs/swagger-ui.css, text/css; charset=UTF-8, .swagger-ui",
        "/docs/swagger-ui-bundle.js, application/javascript; charset=UTF-8, SwaggerUIBundle"
    })
    void isServed(String path, String type, String content) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains(type);
        assertThat(answer.body()).contains(content);
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; script-src 'self';");
    }

    @Test
    void thePageNamesOnlyFilesThatTheBrokerServes() throws Exception {
        Matcher names = Pattern.compile("(?:src|href)=\"([^\"]+)\"")
                .matcher(get("/docs/").body());
        int found = 0;
        while (names.find()) {
            if (!names.group(1).equals("data:,")) {
                assertThat(get("/docs/" + names.group(1)).statusCode()).isEqualTo(200);
                found++;
            }
        }
        assertThat(found).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docs/none.js",
                "/docs/../reference.conf",
                "/docs/%2e%2e/reference.conf",
                "/docs/..%2Freference.conf",
                "/docs/swagger-ui.css/",
                "/docs//swagger-ui.css"
            })
    void nothingElseIsServed(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void everyProblemHasItsPlaceInTheRegistry(ProblemType type) throws Exception {
        assertThat(get("/problems").body()).contains("<tr id=\"" + type.word() + "\">", type.title());
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return TestPhone.send(HttpRequest.newBuilder(URI.create(edge.base() + path)));
    }
}
