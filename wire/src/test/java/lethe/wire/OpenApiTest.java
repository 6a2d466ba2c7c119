package lethe.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lethe.core.identity.MessageId;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.receipt.ReceiptState;
import org.junit.jupiter.api.Test;

/** The document of the HTTP resources says what the codec does, and can be checked against traffic. */
class OpenApiTest {
    private static final String ID = "UFFSU1RVVldYWVpbXF1eXw";
    private static final String TAG = "EBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKywtLi8";

    private final ApiDocument document = ApiDocument.openApi();
    private final OpenApiInteractionValidator validator = validator(document);

    /** Read as OpenAPI 3.0: in 3.1 the validator overlooks types and unknown properties. */
    private static OpenApiInteractionValidator validator(ApiDocument document) {
        return OpenApiInteractionValidator.createForInlineApiSpecification(
                        document.text().replace("openapi: 3.1.0", "openapi: 3.0.3"))
                .build();
    }

    @Test
    void loadsAsWhatItIs() {
        assertThat(OpenApiInteractionValidator.createForInlineApiSpecification(document.text())
                        .build()
                        .validate(sending(outgoing()), answering(200, status()))
                        .getMessages())
                .isEmpty();
    }

    @Test
    void describesEveryBodyThatTheCodecWrites() {
        for (int seed = 0; seed < 200; seed++) {
            Samples samples = new Samples(seed);
            for (Record body : Stream.of(samples.bodies(), samples.prekeyBodies(), samples.lookupBodies())
                    .flatMap(List::stream)
                    .toList()) {
                String json = new String(Payloads.encode(Encoding.JSON, body), UTF_8);
                assertThat(document.accepts(body.getClass().getSimpleName(), json))
                        .as("seed %d: %s", seed, json)
                        .isTrue();
            }
        }
    }

    @Test
    void describesTheLargestEnvelope() {
        String text = Fixtures.bytes(0, 64 * 1024).toText();

        assertThat(document.accepts("Outgoing", "{\"body\":\"" + text + "\"}")).isTrue();
        assertThat(document.accepts("Outgoing", "{\"body\":\"" + text + "=\"}")).isFalse();
    }

    @Test
    void hasTheFieldsOfEveryBodyAndNoOthers() {
        Map<Class<?>, Shape<?>> shapes = new HashMap<>(BodyShapes.ALL);
        shapes.putAll(LookupShapes.ALL);
        shapes.putAll(PrekeyShapes.ALL);
        shapes.forEach((type, shape) -> {
            assertThat(document.fieldsOf(type.getSimpleName()))
                    .as(type.getSimpleName())
                    .isEqualTo(ApiDocument.fieldsOf(shape));
            assertThat(document.at("/components/schemas/" + type.getSimpleName() + "/additionalProperties")
                            .asBoolean(true))
                    .as(type.getSimpleName())
                    .isFalse();
        });
    }

    @Test
    void listsTheProblemsOfTheEnumeration() {
        assertThat(document.problems()).isEqualTo(ApiDocument.problemsInForce());
        assertThat(ApiDocument.strings(document.at("/components/schemas/ProblemType/enum")))
                .isEqualTo(ApiDocument.problemsInForce().stream()
                        .map(problem -> "/problems#" + problem.get(0))
                        .toList());
    }

    @Test
    void namesEveryProblemUnderItsStatus() {
        for (String name : document.namesAt("/components/responses")) {
            String text = document.at("/components/responses/" + name + "/description")
                    .asText();
            for (ProblemType type : ProblemType.values()) {
                if (text.contains("`" + type.word() + "`") && !name.equals("UpgradeRequired")) {
                    assertThat(statusesOf(name)).as(type.word()).containsOnly(type.status());
                }
            }
        }
    }

    /** Under which statuses the operations use a response. */
    private List<Integer> statusesOf(String response) {
        return document.at("/paths").findValues("responses").stream()
                .flatMap(responses -> responses.properties().stream())
                .filter(answer -> answer.getValue().path("$ref").asText().endsWith("/responses/" + response))
                .map(answer -> Integer.valueOf(answer.getKey()))
                .distinct()
                .toList();
    }

    @Test
    void refersOnlyToWhatIsThere() {
        for (ApiDocument each : List.of(document, ApiDocument.asyncApi())) {
            assertThat(each.at("").findValuesAsText("$ref"))
                    .isNotEmpty()
                    .allSatisfy(reference -> assertThat(
                                    each.at(reference.substring(1)).isMissingNode())
                            .as(reference)
                            .isFalse());
        }
    }

    @Test
    void givesExamplesThatTheCodecReads() {
        for (JsonNode content : document.at("/paths").findValues("application/json")) {
            String schema = content.at("/schema/$ref").asText().replace("#/components/schemas/", "");
            Class<?> type = Stream.of(BodyShapes.ALL, PrekeyShapes.ALL, LookupShapes.ALL)
                    .flatMap(shapes -> shapes.keySet().stream())
                    .filter(each -> each.getSimpleName().equals(schema))
                    .findFirst()
                    .orElseThrow();
            for (String reference : content.path("examples").findValuesAsText("$ref")) {
                byte[] json = document.at(reference.substring(1))
                        .path("value")
                        .toString()
                        .getBytes(UTF_8);
                assertThat(Octets.read(Encoding.JSON, BodyShapes.of(type), json, 0, json.length))
                        .as(reference)
                        .isInstanceOf(Decoded.Good.class);
            }
        }
    }

    @Test
    void agreesWithGoodTraffic() {
        assertThat(validator
                        .validate(sending(outgoing()), answering(200, status()))
                        .getMessages())
                .isEmpty();
        assertThat(validator.validate(sending(outgoing()), refusing(429)).getMessages())
                .isEmpty();
    }

    @Test
    void objectsToTrafficThatItDoesNotDescribe() {
        String surplus = outgoing().replace("{", "{\"imei\":\"490154203237518\",");

        assertThat(validator.validateRequest(sending(surplus)).getMessages()).isNotEmpty();
        assertThat(validator.validateRequest(sending("{\"body\":7}")).getMessages())
                .isNotEmpty();
        assertThat(validator.validateRequest(unsigned()).getMessages()).isNotEmpty();
        assertThat(validator.validate(sending(outgoing()), answering(200, "{}")).hasErrors())
                .isTrue();
        assertThat(validator
                        .validate(sending(outgoing()), answering(207, status()))
                        .hasErrors())
                .isTrue();
    }

    private static String outgoing() {
        return new String(Payloads.encode(Encoding.JSON, new Samples(3).bodies().get(3)), UTF_8);
    }

    private static String status() {
        Record held =
                new Bodies.MessageStatus(MessageId.fromText(ID), ReceiptState.HELD, null, Instant.EPOCH, false, false);
        return new String(Payloads.encode(Encoding.JSON, held), UTF_8);
    }

    private static SimpleRequest sending(String body) {
        return SimpleRequest.Builder.put("/v1/outbox/" + ID)
                .withHeader("Lethe-Tag", TAG)
                .withHeader("Lethe-To", TAG)
                .withHeader("Signature-Input", "sig=(\"@method\")")
                .withHeader("Signature", "sig=:AA==:")
                .withHeader("Content-Digest", "sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:")
                .withContentType("application/json")
                .withBody(body)
                .build();
    }

    private static SimpleRequest unsigned() {
        return SimpleRequest.Builder.get("/v1/self/consent")
                .withHeader("Lethe-Tag", TAG)
                .build();
    }

    private static SimpleResponse answering(int status, String body) {
        return SimpleResponse.Builder.status(status)
                .withContentType("application/json")
                .withBody(body)
                .build();
    }

    private static SimpleResponse refusing(int status) {
        return SimpleResponse.Builder.status(status)
                .withContentType(Encoding.JSON.problemMediaType())
                .withHeader("Retry-After", "2")
                .withBody(new String(
                        Payloads.encode(
                                Encoding.JSON,
                                Problem.of(ProblemType.QUEUE_FULL).withLimit(1000)),
                        UTF_8))
                .build();
    }
}
