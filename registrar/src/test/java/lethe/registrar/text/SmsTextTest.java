package lethe.registrar.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SmsTextTest {
    private static final String[] POOLS = {"ab Z9", "€[]{}~^|\\\f", "a€", "äßΩ@$_\n", "x日本ÿ", "😀x", "\uD83Da\uDE00"};

    @ParameterizedTest
    @MethodSource("corpus")
    void makesThePartsThatOthersMake(String line) {
        String[] columns = line.split("\t", -1);
        String text = columns[3].translateEscapes();

        SmsText.Parts parts = parts(text, Joining.SHORT_REFERENCE);

        assertThat(parts.coding()).isEqualTo(Coding.valueOf(columns[0]));
        assertThat(parts.parts()).hasSize(Integer.parseInt(columns[1]));
        assertThat(read(parts).stream().map(part -> String.valueOf(part.codePointCount(0, part.length()))))
                .containsExactly(columns[2].split(","));
        assertThat(String.join("", read(parts))).isEqualTo(text);
    }

    static Stream<String> corpus() throws IOException {
        try (var stream = SmsTextTest.class.getResourceAsStream("corpus.tsv")) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8)
                    .lines().filter(line -> !line.startsWith("#")).toList().stream();
        }
    }

    @ParameterizedTest
    @EnumSource
    void losesNothingAndStaysWithinItsBounds(Joining joining) {
        Random random = new Random(7);
        for (int run = 0; run < 2_000; run++) {
            String pool = POOLS[random.nextInt(POOLS.length)];
            String text = drawn(random, pool, random.nextInt(500));

            SmsText.Parts parts = parts(text, joining);

            assertThat(String.join("", read(parts))).isEqualTo(wellFormed(text));
            if (joining != Joining.BY_CENTRE && parts.parts().size() > 1) {
                int most = parts.coding() == Coding.UCS2 ? joining.units() * 2 : joining.septets();
                assertThat(parts.parts()).allMatch(part -> part.length() <= most);
            }
        }
    }

    @Test
    void hasTheSizesOfTheStandard() {
        assertThat(Joining.SHORT_REFERENCE.septets()).isEqualTo(153);
        assertThat(Joining.SHORT_REFERENCE.units()).isEqualTo(67);
        assertThat(Joining.LONG_REFERENCE.septets()).isEqualTo(152);
        assertThat(Joining.LONG_REFERENCE.units()).isEqualTo(66);
        assertThat(parts("x".repeat(160), Joining.LONG_REFERENCE).parts()).hasSize(1);
        assertThat(parts("x".repeat(161), Joining.LONG_REFERENCE).parts()).hasSize(2);
        assertThat(parts("é日".repeat(35), Joining.LONG_REFERENCE).parts()).hasSize(1);
        assertThat(parts("é日".repeat(35) + "x", Joining.LONG_REFERENCE).parts()).hasSize(2);
    }

    @Test
    void sendsOneTextForTheCentreToPart() {
        assertThat(parts("x".repeat(900), Joining.BY_CENTRE).parts()).hasSize(1);
    }

    @Test
    void refusesWhatWouldCostMoreThanItMay() {
        assertThat(SmsText.of("x".repeat(306), Alphabet.GSM, Joining.SHORT_REFERENCE, 2))
                .isInstanceOf(SmsText.Parts.class);
        assertThat(SmsText.of("x".repeat(307), Alphabet.GSM, Joining.SHORT_REFERENCE, 2))
                .isEqualTo(new SmsText.TooLong(3));
        assertThat(SmsText.of("x".repeat(307), Alphabet.GSM, Joining.BY_CENTRE, 2))
                .isEqualTo(new SmsText.TooLong(3));
        assertThatThrownBy(() -> SmsText.of("x", Alphabet.GSM, Joining.BY_CENTRE, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void doesNotPrint() {
        assertThat(parts("secret", Joining.SHORT_REFERENCE)).hasToString("Parts[***]");
    }

    private static SmsText.Parts parts(String text, Joining joining) {
        return (SmsText.Parts) SmsText.of(text, Alphabet.GSM, joining, SmsText.MOST_PARTS);
    }

    private static List<String> read(SmsText.Parts parts) {
        List<String> read = new ArrayList<>();
        parts.parts()
                .forEach(part -> read.add(
                        parts.coding() == Coding.UCS2
                                ? new String(part.toBytes(), StandardCharsets.UTF_16BE)
                                : Handset.read(part.toBytes())));
        return read;
    }

    private static String drawn(Random random, String pool, int length) {
        int[] codePoints = pool.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(codePoints[random.nextInt(codePoints.length)]);
        }
        return text.toString();
    }

    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
    }
}
