package lethe.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A schema and the codec agree on every frame and body, good or bad: each field left out, or with each wrong value. */
class SchemaVerdictTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "2147483648",
            "9007199254740992",
            "\"\"",
            "\"7\"",
            "\"high\"",
            "\"UFFSU1RVVldYWVpbXF1eXw\"",
            "\"UFFSU1RVVldYWVpbXF1eX_\"",
            "\"UFFSU1RVVldYWVpbXF1eXw==\"",
            "\"AAAA\"",
            "[]",
            "[null]",
            "[\"ip\",\"ip\"]",
            "{}",
            "{\"type\":\"ping\"}");

    private int good;
    private int bad;

    @Test
    void agreesOnFrames() throws JsonProcessingException {
        ApiDocument document = ApiDocument.asyncApi();
        agree(document, Fixtures.clientFrames(), frame -> Frames.encode(Encoding.JSON, frame), ClientFrames.VOCABULARY);
        agree(document, Fixtures.serverFrames(), frame -> Frames.encode(Encoding.JSON, frame), ServerFrames.VOCABULARY);

        assertThat(good).isGreaterThan(50);
        assertThat(bad).isGreaterThan(1000);
    }

    @Test
    void agreesOnBodies() throws JsonProcessingException {
        ApiDocument document = ApiDocument.openApi();
        for (Map.Entry<String, Record> body : Fixtures.bodies().entrySet()) {
            Class<? extends Record> type = body.getValue().getClass();
            agree(document, type.getSimpleName(), Payloads.encode(Encoding.JSON, body.getValue()), BodyShapes.of(type));
        }

        assertThat(good).isGreaterThan(50);
        assertThat(bad).isGreaterThan(500);
    }

    @Test
    void agreesOnATaggersBodies() throws JsonProcessingException {
        ApiDocument document = ApiDocument.tagger();
        for (Record body : Fixtures.taggerBodies().values()) {
            Class<? extends Record> type = body.getClass();
            agree(document, type.getSimpleName(), Payloads.encode(Encoding.JSON, body), BodyShapes.of(type));
        }

        assertThat(good).isGreaterThan(5);
        assertThat(bad).isGreaterThan(150);
    }

    @Test
    void agreesOnAVerifiersBodies() throws JsonProcessingException {
        ApiDocument document = ApiDocument.verifier();
        for (Record body : Fixtures.verifierBodies().values()) {
            Class<? extends Record> type = body.getClass();
            agree(document, type.getSimpleName(), Payloads.encode(Encoding.JSON, body), BodyShapes.of(type));
        }

        assertThat(good).isGreaterThan(5);
        assertThat(bad).isGreaterThan(50);
    }

    @Test
    void agreesOnAGatewaysBodies() throws JsonProcessingException {
        ApiDocument document = ApiDocument.gateway();
        for (Record body : Fixtures.gatewayBodies().values()) {
            Class<? extends Record> type = body.getClass();
            agree(document, type.getSimpleName(), Payloads.encode(Encoding.JSON, body), BodyShapes.of(type));
        }

        assertThat(good).isGreaterThanOrEqualTo(5);
        assertThat(bad).isGreaterThan(50);
    }

    private <F> void agree(
            ApiDocument document, Map<String, F> frames, Function<F, byte[]> encode, Vocabulary<F> vocabulary)
            throws JsonProcessingException {
        for (F frame : frames.values()) {
            Kind<?> kind = ApiDocument.kindOf(frame.getClass()).orElseThrow();
            agree(document, ApiDocument.schemaOf(kind), encode.apply(frame), vocabulary);
        }
    }

    private void agree(ApiDocument document, String schema, byte[] original, Format<?> format)
            throws JsonProcessingException {
        for (String variant : variants(new String(original, UTF_8))) {
            byte[] bytes = variant.getBytes(UTF_8);
            boolean read = Octets.read(Encoding.JSON, format, bytes, 0, bytes.length) instanceof Decoded.Good<?>;
            assertThat(document.accepts(schema, variant))
                    .as("%s: %s", schema, variant)
                    .isEqualTo(read);
            good += read ? 1 : 0;
            bad += read ? 0 : 1;
        }
    }

    private static List<String> variants(String original) throws JsonProcessingException {
        ObjectNode object = (ObjectNode) JSON.readTree(original);
        List<String> variants = new ArrayList<>(List.of(original));
        variants.add(object.deepCopy().put("surplus", 1).toString());
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            variants.add(object.deepCopy().without(name).toString());
            for (String value : VALUES) {
                JsonNode wrong = JSON.readTree(value);
                variants.add(object.deepCopy().<ObjectNode>set(name, wrong).toString());
            }
        }
        return variants;
    }
}
