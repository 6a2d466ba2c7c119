package lethe.loadtest.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import lethe.loadtest.evidence.Evidence;
import lethe.loadtest.evidence.Form;
import lethe.loadtest.evidence.Search;
import lethe.loadtest.evidence.Sought;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the search finds, in spellings that were written down by other means than those it makes them with. */
class SpellingTest {
    private static final List<Form> NUMBER = Spelling.number("+4915112345678");
    private static final List<Form> EQUIPMENT = Spelling.equipment("352099001761481");
    private static final List<Form> NAME = Spelling.name("Zotaru Mobilvekino", "Mobilvekino");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+4915112345678",
                "{\"number\":4915112345678}",
                "004915112345678",
                "015112345678",
                "tel:+4915112345678",
                "+49 151 12345678",
                "+49-151-12345678",
                "0151/12345678",
                "0151 1234 5678",
                "0151-1234-5678",
                "(0151) 12345678",
                "+49 (151) 12345678",
                "%2B4915112345678",
                "\\u002b4915112345678",
                "KzQ5MTUxMTIzNDU2Nzg=",
                "eCs0OTE1MTEyMzQ1Njc4eXl5",
                "eHgrNDkxNTExMjM0NTY3OHl5eQ==",
                "2b34393135313132333435363738"
            })
    void findsANumberInText(String text) throws Exception {
        assertThat(isIn(NUMBER, text.getBytes(StandardCharsets.UTF_8))).isTrue();
        assertThat(isIn(NUMBER, text.getBytes(StandardCharsets.UTF_16LE))).isTrue();
    }

    @Test
    void findsANumberInTwoBytesACharacterTheLowerLast() throws Exception {
        assertThat(isIn(NUMBER, "0151/12345678".getBytes(StandardCharsets.UTF_16BE)))
                .isTrue();
    }

    /** As md5sum, sha1sum and sha256sum print them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0feb347577fe8f3d21b5921dd11a4f1d",
                "e59f9b9d3d001f7ed3e3a157eb6de87d35f4207b",
                "536afd523e19dc83fccba822ef5e4ca646111314aaf0aa286667c5bea18dd70b",
                "5442c29a5e0e69775f2e636f0caa1b7b",
                "9c4ab1baa4e4180f5571e3393d012a010661fed9",
                "8efb96404be52f6109b9db0f687274a81e9e3cc23fabd6f0da5d38baa3d2facd",
                "1f33cbb5bd9490bb838a0d9c4614e7b3",
                "f9f8201df0871c8fb0e39e150e2e4b069837373c",
                "45bdf69a94a2802bee6119c6f2ce3169f3ae874cae3e7a103e1bb8725ac0433f",
                "9655385a6efb6181f208df572a4c2c14",
                "e410231236c084c4b35dc507c501d6bfdfa570c1",
                "cdb337468b2f518e16a616491e8e15e282b6b3ec3313a7641272e0a80b5b4dbb"
            })
    void findsANumberThatWasHashed(String digest) throws Exception {
        byte[] bytes = HexFormat.of().parseHex(digest);
        assertThat(isIn(NUMBER, bytes)).isTrue();
        assertThat(isIn(NUMBER, digest.getBytes(StandardCharsets.US_ASCII))).isTrue();
        assertThat(isIn(NUMBER, Base64.getUrlEncoder().encode(bytes))).isTrue();
    }

    /** The addresses of SMS (3GPP TS 23.040, section 9.1.2.5), international and national; and digits as they are. */
    @ParameterizedTest
    @ValueSource(strings = {"0D91945111325476F8", "0C81101521436587", "4915112345678F", "04915112345678"})
    void findsANumberInHalfOctets(String hexadecimal) throws Exception {
        assertThat(isIn(NUMBER, HexFormat.of().parseHex(hexadecimal))).isTrue();
        assertThat(isIn(NUMBER, hexadecimal.getBytes(StandardCharsets.US_ASCII)))
                .isTrue();
    }

    @Test
    void findsANumberThatIsANumber() throws Exception {
        ByteBuffer value = ByteBuffer.allocate(Long.BYTES);
        assertThat(isIn(NUMBER, value.putLong(0, 4_915_112_345_678L).array())).isTrue();
        value.order(ByteOrder.LITTLE_ENDIAN);
        assertThat(isIn(NUMBER, value.putLong(0, 4_915_112_345_678L).array())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"352099001761481", "35-209900-176148-1", "352099 00 176148"})
    void findsEquipment(String text) throws Exception {
        assertThat(isIn(EQUIPMENT, text.getBytes(StandardCharsets.US_ASCII))).isTrue();
    }

    @Test
    void findsEquipmentInHalfOctets() throws Exception {
        assertThat(isIn(EQUIPMENT, HexFormat.of().parseHex("53029900711684F1"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Zotaru Mobilvekino", "Mobilvekino, Zotaru", "MOBILVEKINO", "mobilvekino"})
    void findsAName(String text) throws Exception {
        assertThat(isIn(NAME, text.getBytes(StandardCharsets.UTF_8))).isTrue();
        assertThat(isIn(NAME, Base64.getEncoder().encode(text.getBytes(StandardCharsets.UTF_8))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+4915112345679", "0151 12345679", "Zotaru", "352099001761482"})
    void findsNobodyElse(String text) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertThat(isIn(NUMBER, bytes) || isIn(EQUIPMENT, bytes) || isIn(NAME, bytes))
                .isFalse();
    }

    @Test
    void findsEachFormByItself() throws Exception {
        for (Form form : NUMBER) {
            byte[] alone = form.pattern().toBytes();
            assertThat(isIn(NUMBER, alone)).as(form.name()).isTrue();
            assertThat(isIn(List.of(form), Arrays.copyOf(alone, alone.length - 1)))
                    .as(form.name())
                    .isFalse();
        }
    }

    private boolean isIn(List<Form> forms, byte[] text) throws Exception {
        Path file = Files.write(directory.resolve("file"), text);
        return new Search(List.of(new Sought("something", forms)))
                        .in(Evidence.of("file", file))
                        .count()
                > 0;
    }
}
