package lethe.registrar.tagger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import lethe.registrar.LimitsOfADocument;
import lethe.registrar.process.NamedLimit;
import lethe.registrar.process.NamedLimits;
import org.junit.jupiter.api.Test;

class TaggerLimitsTest {
    @Test
    void areWhatTheDocumentSays() throws IOException {
        assertThat(LimitsOfADocument.rows("tags.md"))
                .containsExactlyElementsOf(
                        TaggerLimits.ALL.stream().map(NamedLimit::row).toList());
    }

    @Test
    void areWhatTheOperatorWants() {
        TaggerLimits wanted = new TaggerLimits(NamedLimits.of(
                        TaggerLimits.ALL, Map.of("burst", 500L, "a-day", 48L, "connections", 7L, "request-seconds", 3L))
                .orElseThrow());

        assertThat(wanted.allowance()).isEqualTo(new Allowance(500, 48, 250_000, 100_000));
        assertThat(wanted.allowance().toRegain(1)).isEqualTo(Duration.ofMinutes(30));
        assertThat(wanted.port().connections()).isEqualTo(7);
        assertThat(wanted.port().within()).isEqualTo(Duration.ofSeconds(3));
        assertThat(wanted.port().body()).isEqualTo(16 * 1024);
    }

    @Test
    void areNotChangedToAnything() {
        assertThat(NamedLimits.of(TaggerLimits.ALL, Map.of("burst", 249L))).isEmpty();
        assertThat(NamedLimits.of(TaggerLimits.ALL, Map.of("nonces", 10_000_001L)))
                .isEmpty();
        assertThat(NamedLimits.of(TaggerLimits.ALL, Map.of("brust", 250L))).isEmpty();
    }
}
