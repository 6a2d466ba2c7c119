package lethe.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import lethe.core.fallback.Fallback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The words that stand on the wire never change. */
class WordsTest {
    @Test
    void areThese() {
        assertThat(Arrays.stream(Urgency.values()).map(Urgency::word))
                .containsExactly("very-low", "low", "normal", "high");
        assertThat(Arrays.stream(Fallback.values()).map(Fallback::word))
                .containsExactly("none", "device", "gateway", "notice");
    }

    @ParameterizedTest
    @EnumSource
    void nameAnUrgency(Urgency urgency) {
        assertThat(Urgency.ofWord(urgency.word())).isEqualTo(urgency);
    }

    @ParameterizedTest
    @EnumSource
    void nameAFallback(Fallback fallback) {
        assertThat(Fallback.ofWord(fallback.word())).isEqualTo(fallback);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NORMAL", "very_low", "device "})
    void areExact(String word) {
        assertThatThrownBy(() -> Urgency.ofWord(word)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Fallback.ofWord(word)).isInstanceOf(IllegalArgumentException.class);
    }
}
