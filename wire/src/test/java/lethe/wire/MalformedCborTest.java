package lethe.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way of being wrong as CBOR gets its refusal, and none of them is quoted. */
class MalformedCborTest {
    private static final String STRANGE =
            "CBOR that is not spoken here: a negative number, tag, float, null or simple value";
    private static final String LENGTH =
            "CBOR that is not spoken here: a length or number that is indefinite, too large or cut short";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a2 00 07 01 6131             | field 'more' is not a whole number from 0 to 2147483647
            a2 00 07 01 4101             | field 'more' is not a whole number from 0 to 2147483647
            a2 00 07 01 f5               | field 'more' is not a whole number from 0 to 2147483647
            a2 00 07 01 80               | field 'more' is not a whole number from 0 to 2147483647
            a2 00 07 01 a0               | field 'more' is not a whole number from 0 to 2147483647
            a2 00 07 01 1a80000000       | field 'more' is not a whole number from 0 to 2147483647
            a2 00 07 01 1b7fffffffffffffff | field 'more' is not a whole number from 0 to 2147483647
            a2 00 03 01 1b0020000000000000 | field 'upto' is not a whole number from 0 to 9007199254740991
            a1 00 07                     | field 'more' is missing
            a3 00 07 01 01 01 01         | field 'more' is there twice
            a3 00 07 01 01 00 07         | the frame's type is there twice
            a3 01 01 00 07 00 07         | the frame's type is there twice
            a2 00 05 02 81 6161          | field 'ids' is not a byte string
            a2 00 05 02 81 4101          | field 'ids' is not 16 bytes
            a2 00 05 02 4101             | field 'ids' is not a list
            a2 00 02 06 426869           | field 'urgency' is not a text
            a2 00 02 06 6448494748       | field 'urgency' is none of the words that are known
            a1 00 1820                   | the frame's type is unknown
            a1 00 6470696e67             | the frame's type is not a whole number from 0 to 2147483647
            a1 01 01                     | the frame's type is missing
            a0                           | the frame's type is missing
            80                           | the whole is not an object
            08                           | the whole is not an object
            a1 00 08 00                  | something follows the end
            a1 00 08 a1 00 08            | something follows the end
            a1 6130 08                   | a map key that is not an unsigned integer
            a1 4100 08                   | a map key that is not an unsigned integer
            a1 20 08                     | a map key that is not an unsigned integer
            a1 f4 08                     | a map key that is not an unsigned integer
            a2 00 02 06 63 c0af61        | not UTF-8
            a2 00 02 06 63 eda080        | not UTF-8
            a1 00                        | cut short
            a1                           | cut short
            a2 00 08                     | cut short
            a2 00 02 0a 44 010203        | cut short
            a2 00 02 0a 5a7fffffff 01    | cut short
            a2 00 02 0a 5b7fffffffffffffff 01 | cut short
            bb7fffffffffffffff 00 08     | cut short
            """)
    void refuses(String frame, String detail) {
        assertThat(read(frame)).isEqualTo(bad(detail));
    }

    @ParameterizedTest
    @CsvSource({
        "a2 00 07 01 20", // a negative number
        "a2 00 07 01 f6", // null
        "a2 00 07 01 f7", // undefined
        "a2 00 07 01 f93c00", // 1.0
        "a2 00 07 01 fa3f800000",
        "a2 00 07 01 fb3ff0000000000000",
        "a2 00 07 01 f820", // a simple value
        "a2 00 07 01 c24101", // a bignum of one
        "a2 00 07 01 c101", // a time
        "d9d9f7 a1 00 08", // "this is CBOR"
        "a2 00 07 01 ff", // a break without a start
    })
    void refusesWhatLetheDoesNotSpeak(String frame) {
        assertThat(read(frame)).isEqualTo(bad(STRANGE));
    }

    @ParameterizedTest
    @CsvSource({
        "bf 00 08 ff", // a map without length
        "a2 00 05 02 9f ff", // a list without length
        "a2 00 02 0a 5f 4101 ff", // a byte string in pieces
        "a2 00 02 06 7f 6161 ff", // a text in pieces
        "a2 00 07 01 1bffffffffffffffff", // beyond any long
        "a2 00 02 0a 5bffffffffffffffff",
        "a2 00 07 01 1c", // reserved
        "a2 00 07 01 1a0000", // cut short
    })
    void refusesLengthsThatAreNotStated(String frame) {
        assertThat(read(frame)).isEqualTo(bad(LENGTH));
    }

    @Test
    void refusesNothingAtAll() {
        assertThat(read("")).isEqualTo(bad("cut short"));
    }

    @Test
    void saysOfAnUnknownFieldOnlyThatThereIsOne() {
        assertThat(read("a2 00 08 1863 4101")).isEqualTo(new Decoded.Bad<>(Problem.of(ProblemType.UNKNOWN_FIELD)));
    }

    @Test
    void takesTheFieldsInAnyOrderAndLongHeads() {
        Decoded<ClientFrame> credit = new Decoded.Good<>(new ClientFrame.Credit(1));

        assertThat(read("a2 01 01 00 07")).isEqualTo(credit);
        assertThat(read("ba00000002 1800 190007 1801 1b0000000000000001")).isEqualTo(credit);
    }

    @Test
    void refusesNestingWithoutEnd() {
        assertThat(read("a1 01" + "81".repeat(100_000))).isEqualTo(bad("nested too deep"));
        assertThat(read("a101".repeat(100_000))).isEqualTo(bad("nested too deep"));
    }

    @Test
    void refusesOneIdMoreThanAThousand() {
        String to = " 01 5820" + "11".repeat(32);
        String id = " 50" + "22".repeat(16);

        assertThat(read("a3 00 05" + to + " 02 9903e8" + id.repeat(1000))).isInstanceOf(Decoded.Good.class);
        assertThat(read("a3 00 05" + to + " 02 9903e9" + id.repeat(1001)))
                .isEqualTo(new Decoded.Bad<>(Problem.of(ProblemType.MALFORMED, "field 'ids' has more than 1000 items")
                        .withLimit(1000)));
    }

    private static Decoded<ClientFrame> read(String frame) {
        return Frames.decodeClient(Encoding.CBOR, HexFormat.of().parseHex(frame.replace(" ", "")));
    }

    private static Decoded<ClientFrame> bad(String detail) {
        return new Decoded.Bad<>(Problem.of(ProblemType.MALFORMED, detail));
    }
}
