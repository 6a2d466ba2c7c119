package lethe.registrar.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import lethe.registrar.LimitsOfADocument;
import lethe.registrar.process.NamedLimit;
import lethe.registrar.process.NamedLimits;
import org.junit.jupiter.api.Test;

class VerifierLimitsTest {
    @Test
    void areWhatTheDocumentSays() throws IOException {
        assertThat(LimitsOfADocument.rows("registration.md"))
                .containsExactlyElementsOf(
                        VerifierLimits.ALL.stream().map(NamedLimit::row).toList());
    }

    @Test
    void areWhatTheOperatorWants() {
        VerifierLimits wanted = new VerifierLimits(
                NamedLimits.of(VerifierLimits.ALL, Map.of("codes-a-minute", 600L, "tries", 3L, "permit-days", 30L))
                        .orElseThrow());

        assertThat(wanted.bounds().codesAMinute()).isEqualTo(600);
        assertThat(wanted.bounds().tries()).isEqualTo(3);
        assertThat(wanted.bounds().permit()).isEqualTo(Duration.ofDays(30));
        assertThat(wanted.bounds().sessionsOfANumber()).isEqualTo(3);
        assertThat(wanted.port().body()).isEqualTo(4 * 1024);
    }
}
