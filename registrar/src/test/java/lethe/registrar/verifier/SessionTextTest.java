package lethe.registrar.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTextTest {
    @Test
    void isReadAsItWasDrawn() {
        Random random = new Random(1);
        Set<String> drawn = new HashSet<>();
        for (int time = 0; time < 1000; time++) {
            String text = SessionText.draw(random);
            assertThat(SessionText.read(text)).contains(text);
            drawn.add(text);
        }

        assertThat(drawn).hasSize(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"LETHE ABCDEFGHIJKL2345", "lethe abcdefghijkl2345", "  Lethe\n abcdefghIJKL2345 \r\n"})
    void forgivesSpacesAndSmallLetters(String sent) {
        assertThat(SessionText.read(sent)).contains("LETHE ABCDEFGHIJKL2345");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "STOP",
                "LETHE",
                "LETHE ABCDEFGHIJKL234",
                "LETHE ABCDEFGHIJKL23456",
                "LETHE ABCDEFGHIJKL2301",
                "LETHEABCDEFGHIJKL2345",
                "LETHE ABCDEFGHIJKL2345 please"
            })
    void isNothingElse(String sent) {
        assertThat(SessionText.read(sent)).isEmpty();
    }
}
