package lethe.loadtest.seizure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MarkerTest {
    @Test
    void printsNoMarker() {
        Letter letter = Letter.draw(new Random(1));
        assertThat(letter.content().toString()).isEqualTo("Marker[content]");
        assertThat(letter.content().sought().toString()).isEqualTo("Sought[content]");
        assertThat(letter.toString()).isEqualTo("Letter[***]");
    }
}
