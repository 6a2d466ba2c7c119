package lethe.registrar.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AlphabetTest {
    @Test
    void hasAsManyCharactersAsTheTablesOfTheStandard() {
        assertThat(has(Alphabet.GSM)).isEqualTo(127 + 10);
    }

    @Test
    void hasInCommonWithAsciiWhatStandsInTheSamePlace() {
        assertThat(Alphabet.COMMON.has("Code 012345: \"for you\" & none else!\r\n"))
                .isTrue();
        for (String apart : new String[] {"@", "$", "_", "[", "~", "`", "^", "|", "{", "\\", "ü", "€"}) {
            assertThat(Alphabet.COMMON.has(apart)).as(apart).isFalse();
        }
        assertThat(has(Alphabet.COMMON)).isEqualTo(26 + 26 + 10 + 23);
    }

    @Test
    void hasNothingForAnEscapeNorForWhatFillsItsPlace() {
        assertThat(Alphabet.GSM.has("\u001B")).isFalse();
        assertThat(Alphabet.GSM.has("\uFFFF")).isFalse();
    }

    private static long has(Alphabet alphabet) {
        return IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(codePoint -> alphabet.place(codePoint) != Alphabet.NONE)
                .count();
    }
}
