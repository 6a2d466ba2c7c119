package lethe.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way of being wrong as JSON gets its refusal, and none of them is quoted. */
class MalformedJsonTest {
    private static final String ID = "UFFSU1RVVldYWVpbXF1eXw";
    private static final String TAG = "EBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKywtLi8";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type":"credit"}                                | field 'more' is missing
            {"type":"credit","more":"1"}                     | field 'more' is not a whole number from 0 to 2147483647
            {"type":"credit","more":1.5}                     | field 'more' is not a whole number from 0 to 2147483647
            {"type":"credit","more":1.0}                     | field 'more' is not a whole number from 0 to 2147483647
            {"type":"credit","more":1e3}                     | field 'more' is not a whole number from 0 to 2147483647
            {"type":"credit","more":-1}                      | field 'more' is not a whole number from 0 to 2147483647
            {"type":"credit","more":2147483648}              | field 'more' is not a whole number from 0 to 2147483647
            {"type":"credit","more":99999999999999999999999} | field 'more' is not a whole number from 0 to 2147483647
            {"type":"credit","more":true}                    | field 'more' is not a whole number from 0 to 2147483647
            {"type":"credit","more":null}                    | field 'more' is not a whole number from 0 to 2147483647
            {"type":"credit","more":[1]}                     | field 'more' is not a whole number from 0 to 2147483647
            {"type":"credit","more":{}}                      | field 'more' is not a whole number from 0 to 2147483647
            {"type":"credit","more":1,"more":1}              | field 'more' is there twice
            {"type":"credit","type":"credit","more":1}       | the frame's type is there twice
            {"more":1,"type":"credit","type":"credit"}       | the frame's type is there twice
            {"type":"ack","upto":9007199254740992}           | field 'upto' is not a whole number from 0 to 9007199254740991
            {"type":"ack","upto":1,"except":null}            | field 'except' is not a list
            {"type":"ack","upto":1,"except":7}               | field 'except' is not a list
            {"type":"ack","upto":1,"except":[[7]]}           | field 'except' is not a whole number from 0 to 9007199254740991
            {"type":"hello","resume":"x"}                    | field 'resume' is not an object
            {"type":"hello","resume":null}                   | field 'resume' is not an object
            {"type":"hello","resume":{}}                     | field 'session' is missing
            {"type":7}                                       | the frame's type is not a text
            {"type":null}                                    | the frame's type is not a text
            {"type":"challenge"}                             | the frame's type is unknown
            {"more":1}                                       | the frame's type is missing
            {}                                               | the frame's type is missing
            []                                               | the whole is not an object
            "credit"                                         | the whole is not an object
            7                                                | the whole is not an object
            null                                             | the whole is not an object
            ``                                               | the whole is not an object
            {"type":"ping"}{"type":"ping"}                   | something follows the end
            {"type":"ping"} 7                                | something follows the end
            {"type":"ping"}}                                 | not well-formed JSON
            {"type":"ping"                                   | not well-formed JSON
            {"type":"ping",}                                 | not well-formed JSON
            {'type':'ping'}                                  | not well-formed JSON
            {"type":"credit","more":007}                     | not well-formed JSON
            {"type":"credit","more":NaN}                     | not well-formed JSON
            {"type":"ping"/**/}                              | not well-formed JSON
            """)
    void refuses(String frame, String detail) {
        assertThat(read(frame)).isEqualTo(bad(detail));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // too short
                "UFFSU1RVVldYWVpbXF1e", // 15 bytes
                "UFFSU1RVVldYWVpbXF1eX2A", // 17 bytes
            })
    void refusesIdsOfAnotherLength(String id) {
        assertThat(watching(id)).isEqualTo(bad("field 'ids' is not 16 bytes"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ID + "==", // padded
                "UFFSU1RVVldYWVpbXF1eX_", // the same 16 bytes, other stray bits
                "UFFSU1RVVldYWVpbXF1e+w", // the other alphabet
                "UFFSU1RVVldYWVpb XF1eXw", // a blank
                "UFFSU1RVVldYWVpbXF1eX", // no whole byte
                "UFFSU1RVVldYWVpbXF1e\u0661w", // a digit elsewhere
            })
    void refusesIdsThatAreNotCanonicalBase64Url(String id) {
        assertThat(watching(id)).isEqualTo(bad("field 'ids' is not base64url without padding"));
    }

    @Test
    void refusesNegativeAndFractionalDurations() {
        for (String ttl : new String[] {"-1", "0.5", "\"PT1S\"", "1e1"}) {
            assertThat(read("{\"type\":\"send\",\"ttl_ms\":" + ttl + "}"))
                    .isEqualTo(bad("field 'ttl_ms' is not a whole number from 0 to 9007199254740991"));
        }
    }

    @Test
    void refusesWordsThatItDoesNotKnow() {
        for (String urgency : new String[] {"\"HIGH\"", "\"very_low\"", "\"\""}) {
            assertThat(read("{\"type\":\"send\",\"urgency\":" + urgency + "}"))
                    .isEqualTo(bad("field 'urgency' is none of the words that are known"));
        }
    }

    @Test
    void saysOfAnUnknownFieldOnlyThatThereIsOne() {
        assertThat(read("{\"type\":\"ping\",\"+4915112345678\":\"secret\"}"))
                .isEqualTo(new Decoded.Bad<>(Problem.of(ProblemType.UNKNOWN_FIELD)));
        assertThat(read("{\"+4915112345678\":[{\"a\":[]}],\"type\":\"ping\"}"))
                .isEqualTo(new Decoded.Bad<>(Problem.of(ProblemType.UNKNOWN_FIELD)));
    }

    @Test
    void takesTheFieldsInAnyOrder() {
        assertThat(read("{\"ids\":[\"" + ID + "\"],\"type\":\"watch\",\"to\":\"" + TAG + "\"}"))
                .isEqualTo(watching(ID))
                .isInstanceOf(Decoded.Good.class);
    }

    @Test
    void refusesOneIdMoreThanAThousand() {
        String ids = ("\",\"" + ID).repeat(999);

        assertThat(watching(ID + ids)).isInstanceOf(Decoded.Good.class);
        assertThat(watching(ID + ids + "\",\"" + ID))
                .isEqualTo(new Decoded.Bad<>(Problem.of(ProblemType.MALFORMED, "field 'ids' has more than 1000 items")
                        .withLimit(1000)));
    }

    @ParameterizedTest
    @MethodSource
    void refusesWhatIsNotJsonInPlainUtf8(byte[] bytes) {
        assertThat(Frames.decodeClient(Encoding.JSON, bytes)).isInstanceOf(Decoded.Bad.class);
    }

    static Stream<byte[]> refusesWhatIsNotJsonInPlainUtf8() {
        String ping = "{\"type\":\"ping\"}";
        return Stream.of(
                quoted(0xff),
                quoted(0xc0, 0xaf), // overlong
                quoted(0xed, 0xa0, 0x80), // a surrogate
                quoted(0xf4, 0x90, 0x80, 0x80), // beyond Unicode
                quoted(0xe2, 0x82), // cut short
                ("\ufeff" + ping).getBytes(UTF_8),
                ping.getBytes(StandardCharsets.UTF_16BE),
                ping.getBytes(StandardCharsets.UTF_16LE),
                ping.getBytes(StandardCharsets.UTF_16),
                ping.getBytes(Charset.forName("UTF-32BE")),
                ping.getBytes(Charset.forName("UTF-32LE")));
    }

    @Test
    void refusesHalfASurrogatePair() {
        for (String text : new String[] {"\\ud800", "\\udc00", "\\ud800a", "\\udc00\\ud800"}) {
            assertThat(policy(text)).isInstanceOf(Decoded.Bad.class);
        }
        assertThat(policy("\\ud83d\\ude00")).isInstanceOf(Decoded.Good.class);
    }

    @Test
    void refusesNestingNamesAndNumbersWithoutEnd() {
        assertThat(read("{\"a\":" + "[".repeat(100_000))).isEqualTo(bad("not well-formed JSON"));
        assertThat(read("{\"a\":" + "{\"a\":".repeat(100_000))).isEqualTo(bad("not well-formed JSON"));
        assertThat(read("{\"" + "n".repeat(1_000_000) + "\":1}")).isEqualTo(bad("not well-formed JSON"));
        assertThat(read("{\"type\":\"credit\",\"more\":" + "9".repeat(1_000_000) + "}"))
                .isEqualTo(bad("not well-formed JSON"));
    }

    private static Decoded<?> policy(String text) {
        String hash = TAG;
        return Payloads.decode(
                Encoding.JSON,
                Bodies.PolicyInForce.class,
                ("{\"epoch\":1,\"text_hash\":\"" + hash + "\",\"text\":\"" + text + "\"}").getBytes(UTF_8));
    }

    private static Decoded<ClientFrame> watching(String id) {
        return read("{\"type\":\"watch\",\"to\":\"" + TAG + "\",\"ids\":[\"" + id + "\"]}");
    }

    private static Decoded<ClientFrame> read(String frame) {
        return Frames.decodeClient(Encoding.JSON, frame.getBytes(UTF_8));
    }

    private static Decoded<ClientFrame> bad(String detail) {
        return new Decoded.Bad<>(Problem.of(ProblemType.MALFORMED, detail));
    }

    private static byte[] quoted(int... middle) {
        byte[] bytes = "{\"type\":\"        \"}".getBytes(UTF_8);
        for (int i = 0; i < middle.length; i++) {
            bytes[9 + i] = (byte) middle[i];
        }
        return bytes;
    }
}
