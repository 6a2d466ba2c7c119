package lethe.registrar.sms;

import static org.assertj.core.api.Assertions.assertThat;

import lethe.registrar.text.Coding;
import org.junit.jupiter.api.Test;

class ShortTextTest {
    @Test
    void takesTheDefaultAlphabetForWhatAllHave() {
        assertThat(ShortText.of("012345: code, for you!").orElseThrow().coding())
                .isEqualTo(Coding.DEFAULT);
        // In ASCII and in the GSM alphabet, but not in the same place.
        for (String apart : new String[] {"@", "$", "_", "[", "~", "`", "^", "|", "{", "\\"}) {
            assertThat(ShortText.of(apart).orElseThrow().coding()).as(apart).isEqualTo(Coding.UCS2);
        }
    }

    @Test
    void holdsOneSmsAndNoMore() {
        assertThat(ShortText.of("x".repeat(160))).isPresent();
        assertThat(ShortText.of("x".repeat(161))).isEmpty();
        assertThat(ShortText.of("ü".repeat(70))).isPresent();
        assertThat(ShortText.of("ü".repeat(71))).isEmpty();
    }

    @Test
    void doesNotPrint() {
        assertThat(ShortText.of("012345").orElseThrow()).hasToString("ShortText[***]");
    }
}
