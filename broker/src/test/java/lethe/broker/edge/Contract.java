package lethe.broker.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Flow;

/** Holds real traffic to the documents that the broker serves: every exchange and every frame of the tests. */
final class Contract {
    private static final String ASYNC_API = "https://lethe.test/asyncapi.yaml";
    private static final YAMLMapper YAML = new YAMLMapper();

    private static final OpenApiInteractionValidator OPEN_API =
            OpenApiInteractionValidator.createForInlineApiSpecification(document("openapi.yaml"))
                    .withLevelResolver(LevelResolver.create()
                            .withLevel(
                                    "validation.response.body.schema.additionalProperties",
                                    ValidationReport.Level.ERROR)
                            .build())
                    .build();

    private static final SchemaRegistry FRAMES = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_7, builder -> builder.schemas(Map.of(ASYNC_API, json("asyncapi.yaml"))));

    private Contract() {}

    /** The answer is a documented one; and so is the request, if the broker took it. */
    static void holds(HttpRequest request, HttpResponse<String> answer) {
        SimpleResponse.Builder response = SimpleResponse.Builder.status(answer.statusCode());
        answer.headers().map().forEach((name, values) -> response.withHeader(name, values.toArray(String[]::new)));
        if (!answer.body().isEmpty()) {
            response.withBody(answer.body());
        }
        Request asked = asked(request);
        ValidationReport report = answer.statusCode() < 300
                ? OPEN_API.validate(asked, response.build())
                : OPEN_API.validateResponse(asked.getPath(), asked.getMethod(), response.build());
        assertThat(report.getMessages())
                .as("%s %s", request.method(), asked.getPath())
                .isEmpty();
    }

    /** The frame, as JSON, is a documented one. */
    static void holds(String json) {
        try {
            JsonNode frame = YAML.readTree(json);
            String name = frame.path("type").asText();
            var schema = FRAMES.getSchema(SchemaLocation.of(ASYNC_API + "#/components/messages/" + name + "/payload"));
            assertThat(schema.validate(json, InputFormat.JSON)).as(name).isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Request asked(HttpRequest request) {
        SimpleRequest.Builder asked =
                new SimpleRequest.Builder(request.method(), request.uri().getPath());
        request.headers().map().forEach((name, values) -> asked.withHeader(name, values.toArray(String[]::new)));
        String query = request.uri().getQuery();
        if (query != null) {
            String[] pair = query.split("=", 2);
            asked.withQueryParam(pair[0], pair[1]);
        }
        request.bodyPublisher().filter(body -> body.contentLength() > 0).ifPresent(body -> asked.withBody(text(body)));
        return asked.build();
    }

    private static String text(HttpRequest.BodyPublisher body) {
        StringBuilder text = new StringBuilder();
        body.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(ByteBuffer part) {
                text.append(StandardCharsets.UTF_8.decode(part));
            }

            @Override
            public void onError(Throwable failure) {
                throw new AssertionError(failure);
            }

            @Override
            public void onComplete() {
                text.trimToSize();
            }
        });
        return text.toString();
    }

    private static String json(String name) {
        try {
            return YAML.readTree(document(name)).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String document(String name) {
        try (InputStream in = Objects.requireNonNull(Contract.class.getResourceAsStream("/lethe/api/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
