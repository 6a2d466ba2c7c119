package lethe.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import org.junit.jupiter.api.Test;

/** What a registrar process's document has to say of the codec, whichever process it is. */
abstract class RegistrarApiContract {
    private final ApiDocument document;
    private final Map<Class<?>, Shape<?>> shapes;
    private final Map<String, Record> fixtures;
    private final OpenApiInteractionValidator validator;

    /**
     * Of one process.
     *
     * @param shapes of its bodies
     * @param fixtures some of them, by name
     */
    RegistrarApiContract(ApiDocument document, Map<Class<?>, Shape<?>> shapes, Map<String, Record> fixtures) {
        this.document = document;
        this.shapes = shapes;
        this.fixtures = fixtures;
        this.validator = OpenApiInteractionValidator.createForInlineApiSpecification(document.text())
                .build();
    }

    /** Random bodies of all of its kinds. */
    abstract List<Record> samples(Samples samples);

    @Test
    void describesEveryBodyThatTheCodecWrites() {
        for (int seed = 0; seed < 200; seed++) {
            for (Record body : samples(new Samples(seed))) {
                String json = json(body);
                assertThat(document.accepts(body.getClass().getSimpleName(), json))
                        .as("seed %d: %s", seed, json)
                        .isTrue();
            }
        }
    }

    @Test
    void hasTheFieldsOfEveryBodyAndNoOthers() {
        Map<Class<?>, Shape<?>> bodies = new HashMap<>(shapes);
        bodies.put(Problem.class, Problems.SHAPE);
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

    /** A request, and what it may be answered, good or refused, as the document has it. */
    void agrees(String path, String request, String answer, ProblemType refusal) {
        agrees(SimpleRequest.Builder.post(path), request, 200, answer, refusal);
    }

    /** The same of another method, or with another status. */
    void agrees(SimpleRequest.Builder to, String request, int status, String answer, ProblemType refusal) {
        SimpleRequest asked = to.withContentType("application/json")
                .withBody(fixture(request))
                .build();

        assertThat(validator
                        .validate(asked, answer(status, "application/json", fixture(answer)))
                        .getMessages())
                .isEmpty();
        assertThat(validator
                        .validate(
                                asked, answer(refusal.status(), "application/problem+json", json(Problem.of(refusal))))
                        .getMessages())
                .isEmpty();
    }

    private String fixture(String name) {
        return json(Objects.requireNonNull(fixtures.get(name)));
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
