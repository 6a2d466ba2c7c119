package lethe.loadtest.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SectionTest {
    @Test
    void replacesWhatIsBetweenItsMarkersOnly() {
        String document = "above\n<!-- compare:begin -->\nold\n<!-- compare:end -->\nbelow\n";
        assertThat(Section.replace(document, "new\n"))
                .isEqualTo("above\n<!-- compare:begin -->\nnew\n<!-- compare:end -->\nbelow\n");
    }

    @Test
    void goesToTheEndOfADocumentWithoutMarkers() {
        assertThat(Section.replace("# Title\n", "new"))
                .isEqualTo("# Title\n\n<!-- compare:begin -->\nnew\n<!-- compare:end -->\n");
    }

    @Test
    void isTheSameWhenWrittenTwice() {
        String once = Section.replace("# Title\n", "new");
        assertThat(Section.replace(once, "new")).isEqualTo(once);
    }
}
