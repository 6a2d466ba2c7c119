package lethe.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import lethe.core.permit.Permit;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import org.junit.jupiter.api.Test;

/** The document of a tagger's resources says what the codec does. */
class TaggerApiTest {
    private final ApiDocument document = ApiDocument.tagger();
    private final OpenApiInteractionValidator validator = OpenApiInteractionValidator.createForInlineApiSpecification(
                    document.text())
            .build();

    @Test
    void describesEveryBodyThatTheCodecWrites() {
        for (int seed = 0; seed < 200; seed++) {
            for (Record body : new Samples(seed).taggerBodies()) {
                String json = new String(Payloads.encode(Encoding.JSON, body), UTF_8);
                assertThat(document.accepts(body.getClass().getSimpleName(), json))
                        .as("seed %d: %s", seed, json)
                        .isTrue();
            }
        }
    }

    @Test
    void hasTheFieldsOfEveryBodyAndNoOthers() {
        Map<Class<?>, Shape<?>> bodies = new HashMap<>(TaggerShapes.ALL);
        bodies.put(Problem.class, Problems.SHAPE);
        bodies.put(Permit.class, VerifierShapes.PERMIT);
        bodies.forEach((type, shape) -> assertThat(document.fieldsOf(type.getSimpleName()))
                .as(type.getSimpleName())
                .isEqualTo(ApiDocument.fieldsOf(shape)));
    }

    @Test
    void namesEveryProblemOfTheRegistry() {
        assertThat(ApiDocument.strings(document.at("/components/schemas/ProblemType/enum")))
                .isEqualTo(ApiDocument.problemsInForce().stream()
                        .map(problem -> "/problems#" + problem.get(0))
                        .toList());
    }

    @Test
    void refersOnlyToWhatIsThere() {
        assertThat(document.at("").findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void agreesWithGoodTraffic() {
        Map<String, Record> bodies = Fixtures.taggerBodies();
        SimpleRequest request = SimpleRequest.Builder.post("/v1/evaluations")
                .withContentType("application/json")
                .withBody(json(Objects.requireNonNull(bodies.get("evaluate"))))
                .build();

        assertThat(validator
                        .validate(
                                request,
                                answer(200, "application/json", json(Objects.requireNonNull(bodies.get("evaluation")))))
                        .getMessages())
                .isEmpty();
        assertThat(validator
                        .validate(
                                request,
                                answer(409, "application/problem+json", json(Problem.of(ProblemType.KEY_VERSION))))
                        .getMessages())
                .isEmpty();
    }

    private static String json(Record body) {
        return new String(Payloads.encode(Encoding.JSON, body), UTF_8);
    }

    private static SimpleResponse answer(int status, String type, String body) {
        return SimpleResponse.Builder.status(status)
                .withContentType(type)
                .withBody(body)
                .build();
    }
}
