package lethe.registrar.tagger;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import lethe.client.permit.HeldPermit;
import lethe.core.identity.Opaque;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.TaggerBodies.Evaluate;
import lethe.core.protocol.TaggerBodies.Evaluation;
import lethe.core.protocol.TaggerBodies.TaggerKeys;
import lethe.oprf.Batch;
import lethe.oprf.PinnedKey;
import lethe.oprf.Tagging;
import lethe.registrar.http.Request;
import lethe.registrar.http.Response;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A tagger answers as its document says, and refuses without echoing anything. */
class TaggerServiceTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    private final Random random = new Random(3);
    private final Keyring keys =
            KeyChanges.withNext(Keyring.draw(random), random).orElseThrow();
    private final PinnedKey pinned = Asking.pinned(keys, 2);
    private final TaggerService service = new TaggerService(new Tagger(keys, random, Admission.everybody()));
    private final Verifying verifier = new Verifying();
    private final TaggerService wary = new TaggerService(new Tagger(keys, random, permits()));
    private final OpenApiInteractionValidator document =
            OpenApiInteractionValidator.createForInlineApiSpecification(text()).build();

    @ParameterizedTest
    @EnumSource
    void evaluatesABatchInEitherEncoding(Encoding encoding) {
        Batch batch = Batch.of(Asking.numbers(3), random);

        Response response = ask(post(encoding, Payloads.encode(encoding, batch.request(pinned))));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.mediaType()).isEqualTo(encoding.mediaType());
        Evaluation evaluation = read(encoding, Evaluation.class, response);
        assertThat(evaluation.version()).isEqualTo(2);
        assertThat(batch.finish(pinned, List.of(evaluation))).isEqualTo(new Tagging.Tags(Asking.tags(pinned, keys)));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 100, 250})
    void takesThePaddedSizes(int size) {
        assertThat(ask(evaluate(2, sized(size))).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 11, 99, 101, 249, 251, 1000})
    void refusesOtherSizes(int size) {
        assertThat(refusal(evaluate(2, sized(size)))).isEqualTo(ProblemType.BATCH_SIZE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void knowsTheVersionsInForce(int version) {
        assertThat(ask(evaluate(version, sized(10))).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4711, Integer.MAX_VALUE})
    void refusesOtherVersions(int version) {
        assertThat(refusal(evaluate(version, sized(10)))).isEqualTo(ProblemType.KEY_VERSION);
    }

    /** Zero bytes, which come closest to the identity; a coordinate beyond the field; no square; another form. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "000000000000000000000000000000000000000000000000000000000000000000",
                "02ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "020000000000000000000000000000000000000000000000000000000000000001",
                "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
            })
    void refusesWhatIsNoElement(String hex) {
        List<Opaque> elements = new ArrayList<>(sized(10));
        elements.set(7, Opaque.wrap(HexFormat.of().parseHex(hex)));

        assertThat(refusal(evaluate(2, elements))).isEqualTo(ProblemType.NOT_AN_ELEMENT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}",
                "''",
                "{\"version\":2,\"blinded\":[\"AAAA\"]}",
                "{\"version\":0,\"blinded\":[]}",
                "{\"version\":2,\"blinded\":null}",
                "{\"version\":2,\"blinded\":[],\"blinded\":[]}",
                "[]",
                "{\"version\":2,\"blinded\":[\"+4915110000001\"]}",
            })
    void refusesWhatItCannotRead(String json) {
        assertThat(refusal(post(Encoding.JSON, json.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(ProblemType.MALFORMED);
    }

    /** Whatever comes is evaluated or refused: no byte of it makes the tagger fail. */
    @ParameterizedTest
    @EnumSource
    void isFailedByNothingThatComes(Encoding encoding) {
        HeldPermit permit = verifier.permit(NOW);
        byte[] bare = Payloads.encode(encoding, Asking.request(pinned));
        byte[] permitted = Payloads.encode(encoding, permit.show(Asking.request(pinned), NOW, random));
        for (int seed = 0; seed < 2000; seed++) {
            byte[] good = seed % 2 == 0 ? bare : permitted;
            Random chance = new Random(seed);
            byte[] bad = Arrays.copyOf(good, chance.nextInt(4) == 0 ? chance.nextInt(good.length + 9) : good.length);
            for (int change = 0; change < 1 + chance.nextInt(3) && bad.length > 0; change++) {
                bad[chance.nextInt(bad.length)] = (byte) chance.nextInt(256);
            }

            assertThat(service.answer(post(encoding, bad)).status())
                    .as("seed %d", seed)
                    .isIn(200, 400, 409);
            assertThat(wary.answer(post(encoding, bad)).status())
                    .as("seed %d", seed)
                    .isIn(200, 400, 401, 409, 429);
        }
    }

    /** Who may ask is refused in the document's words. */
    @Test
    void asksForAPermissionIfItKNOWsVerifiers() {
        HeldPermit permit = verifier.permit(NOW);
        Evaluate large = new Evaluate(2, sized(250));
        Request shown = json(permit.show(large, NOW, random));

        assertThat(refusal(wary, json(large))).isEqualTo(ProblemType.NOT_AUTHENTIC);
        assertThat(ask(wary, shown).status()).isEqualTo(200);
        assertThat(refusal(wary, shown)).isEqualTo(ProblemType.REPLAYED);
        Response used = ask(wary, json(permit.show(new Evaluate(2, sized(10)), NOW, random)));
        assertThat(used.status()).isEqualTo(429);
        assertThat(used.headers()).containsEntry("Retry-After", "8640");
        assertThat(refusal(wary, json(verifier.permit(NOW).show(large, NOW, random))))
                .isEqualTo(ProblemType.OVERLOADED);
    }

    @Test
    void refusesFieldsThatItDoesNotKnow() {
        byte[] json = "{\"version\":2,\"blinded\":[],\"number\":\"+4915110000001\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(refusal(post(Encoding.JSON, json))).isEqualTo(ProblemType.UNKNOWN_FIELD);
    }

    @Test
    void refusesOtherMediaTypes() {
        Request request = new Request("POST", "/v1/evaluations", "text/plain", "", Opaque.empty());

        assertThat(refusal(request)).isEqualTo(ProblemType.UNSUPPORTED_MEDIA_TYPE);
    }

    @Test
    void publishesItsKeys() {
        Response response = ask(new Request("GET", "/v1/key", "", "*/*", Opaque.empty()));

        assertThat(read(Encoding.JSON, TaggerKeys.class, response)).isEqualTo(keys.published());
        assertThat(ask(new Request("GET", "/v1/key", "", "application/cbor", Opaque.empty()))
                        .mediaType())
                .isEqualTo("application/cbor");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/evaluations, 405, POST",
        "DELETE, /v1/key, 405, GET",
        "GET, /, 404,",
        "GET, /v1/key?number=1, 404,",
        "POST, /v1/evaluations/, 404,",
    })
    void hasTwoResources(String method, String target, int status, String allow) {
        Response response = service.answer(new Request(method, target, "", "", Opaque.empty()));

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.headers().get("Allow")).isEqualTo(allow);
    }

    /** For two requests and one pseudonym. */
    private Permits permits() {
        Accounts accounts = new Accounts(new Allowance(250, 100, 1, 2), () -> {});
        return new Permits(Set.of(verifier.key()), accounts, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private ProblemType refusal(Request request) {
        return refusal(service, request);
    }

    private ProblemType refusal(TaggerService asked, Request request) {
        Response response = ask(asked, request);
        String text = new String(response.body().shared(), StandardCharsets.UTF_8);
        assertThat(text).doesNotContain("4915110000001");
        Problem problem = read(Encoding.JSON, Problem.class, response);
        assertThat(response.status()).isEqualTo(problem.type().status());
        assertThat(response.mediaType()).isEqualTo("application/problem+json");
        return problem.type();
    }

    /** Answers, and holds the answer to the document. */
    private Response ask(Request request) {
        return ask(service, request);
    }

    private Response ask(TaggerService asked, Request request) {
        Response response = asked.answer(request);
        Method method = Method.valueOf(request.method().toUpperCase(Locale.ROOT));
        SimpleResponse.Builder answer = SimpleResponse.Builder.status(response.status())
                .withContentType(response.mediaType())
                .withBody(new String(response.body().shared(), StandardCharsets.UTF_8));
        assertThat(document.validateResponse(request.target(), method, answer.build())
                        .getMessages())
                .isEmpty();
        if (response.status() == 200 && method == Method.POST) {
            assertThat(document.validateRequest(SimpleRequest.Builder.post(request.target())
                                    .withContentType(request.contentType())
                                    .withBody(new String(request.body().shared(), StandardCharsets.UTF_8))
                                    .build())
                            .getMessages())
                    .isEmpty();
        }
        return response;
    }

    private static <T extends Record> T read(Encoding encoding, Class<T> type, Response response) {
        return ((Decoded.Good<T>)
                        Payloads.decode(encoding, type, response.body().shared()))
                .value();
    }

    private Request evaluate(int version, List<Opaque> elements) {
        return json(new Evaluate(version, elements));
    }

    private static Request json(Evaluate request) {
        return post(Encoding.JSON, Payloads.encode(Encoding.JSON, request));
    }

    private static Request post(Encoding encoding, byte[] body) {
        return new Request("POST", "/v1/evaluations", encoding.mediaType(), "", Opaque.wrap(body));
    }

    private List<Opaque> sized(int size) {
        Opaque element = Asking.request(pinned).blinded().get(0);
        return IntStream.range(0, size).mapToObj(i -> element).toList();
    }

    private static String text() {
        try (InputStream in =
                Objects.requireNonNull(TaggerServiceTest.class.getResourceAsStream("/lethe/api/tagger.yaml"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
