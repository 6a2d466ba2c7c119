package lethe.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.CloseReason;
import lethe.core.protocol.ServerFrame;
import org.junit.jupiter.api.Test;

/** The document of the socket says what the codec does. */
class AsyncApiTest {
    private final ApiDocument document = ApiDocument.asyncApi();

    @Test
    void describesEveryFrameThatTheCodecWrites() {
        for (int seed = 0; seed < 200; seed++) {
            for (ClientFrame frame : new Samples(seed).clientFrames()) {
                assertAccepts(frame.getClass(), Frames.encode(Encoding.JSON, frame), seed);
            }
            for (ServerFrame frame : new Samples(seed).serverFrames()) {
                assertAccepts(frame.getClass(), Frames.encode(Encoding.JSON, frame), seed);
            }
        }
    }

    private void assertAccepts(Class<?> type, byte[] json, int seed) {
        String schema = ApiDocument.schemaOf(ApiDocument.kindOf(type).orElseThrow());
        String text = new String(json, UTF_8);
        assertThat(document.accepts(schema, text)).as("seed %d: %s", seed, text).isTrue();
    }

    @Test
    void hasTheFieldsOfEveryFrameAndNoOthers() {
        for (Kind<?> kind : ApiDocument.allKinds()) {
            String schema = ApiDocument.schemaOf(kind);
            assertThat(document.fieldsOf(schema)).as(schema).isEqualTo(ApiDocument.fieldsOf(kind.shape()));
            assertIsFrame(kind, document.at("/components/schemas/" + schema));
        }
        assertThat(document.fieldsOf("Resume")).isEqualTo(ApiDocument.fieldsOf(ClientFrames.resume()));
        assertThat(document.fieldsOf("Problem")).isEqualTo(ApiDocument.fieldsOf(Problems.SHAPE));
    }

    private static void assertIsFrame(Kind<?> kind, JsonNode schema) {
        assertThat(schema.at("/properties/type/const").asText()).isEqualTo(kind.word());
        assertThat(ApiDocument.strings(schema.path("required"))).contains("type");
    }

    @Test
    void closesEveryObject() {
        for (String name : document.namesAt("/components/schemas")) {
            JsonNode schema = document.at("/components/schemas/" + name);
            if (schema.path("type").asText().equals("object")) {
                assertThat(schema.path("additionalProperties").asBoolean(true))
                        .as(name)
                        .isFalse();
            }
        }
    }

    @Test
    void hasAMessageForEveryFrameAndNoOthers() {
        List<String> words = ApiDocument.allKinds().stream().map(Kind::word).toList();

        assertThat(document.namesAt("/components/messages")).isEqualTo(words);
        assertThat(document.namesAt("/channels/socket/messages")).isEqualTo(words);
        for (Kind<?> kind : ApiDocument.allKinds()) {
            JsonNode message = document.at("/components/messages/" + kind.word());
            assertThat(message.path("x-number").asInt()).as(kind.word()).isEqualTo(kind.number());
            assertThat(message.at("/payload/$ref").asText())
                    .isEqualTo("#/components/schemas/" + ApiDocument.schemaOf(kind));
        }
    }

    @Test
    void letsEachSideSayItsOwnFrames() {
        assertThat(saidBy("phoneSays"))
                .isEqualTo(
                        ClientFrames.VOCABULARY.kinds().stream().map(Kind::word).toList());
        assertThat(saidBy("brokerSays"))
                .isEqualTo(
                        ServerFrames.VOCABULARY.kinds().stream().map(Kind::word).toList());
    }

    private List<String> saidBy(String operation) {
        return StreamSupport.stream(
                        document.at("/operations/" + operation + "/messages").spliterator(), false)
                .map(message -> message.path("$ref").asText().replace("#/channels/socket/messages/", ""))
                .toList();
    }

    @Test
    void givesExamplesThatTheCodecReads() {
        for (Kind<?> kind : ApiDocument.allKinds()) {
            JsonNode examples = document.at("/components/messages/" + kind.word() + "/examples");
            assertThat(examples).as(kind.word()).isNotEmpty();
            for (JsonNode example : examples) {
                byte[] json = example.path("payload").toString().getBytes(UTF_8);
                boolean client = ClientFrames.VOCABULARY.kinds().contains(kind);
                assertThat(client ? Frames.decodeClient(Encoding.JSON, json) : Frames.decodeServer(Encoding.JSON, json))
                        .as(kind.word())
                        .isInstanceOf(Decoded.Good.class);
            }
        }
    }

    @Test
    void listsTheCloseCodesOfTheEnumeration() {
        List<List<Object>> listed = StreamSupport.stream(
                        document.at("/x-close-codes").spliterator(), false)
                .map(code -> List.<Object>of(
                        code.path("name").asText(),
                        code.path("code").asInt(),
                        code.path("reconnect").asBoolean()))
                .toList();

        assertThat(listed)
                .isEqualTo(Arrays.stream(CloseReason.values())
                        .map(reason -> List.<Object>of(
                                reason.name().toLowerCase(Locale.ROOT), reason.code(), reason.reconnect()))
                        .toList());
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
    void namesTheSubProtocols() {
        assertThat(ApiDocument.strings(document.at("/channels/socket/x-sub-protocols")))
                .isEqualTo(Arrays.stream(Encoding.values())
                        .map(Encoding::subProtocol)
                        .toList());
    }
}
