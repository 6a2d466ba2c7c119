package lethe.seal.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The suite of X25519 against the RFC's vectors for it: byte for byte, both ends. */
class Rfc9180Test {
    private final List<Map<String, String>> paragraphs = Vectors.of("rfc9180-x25519.txt");
    private final Map<String, String> setup = paragraphs.get(0);

    @Test
    void knowsThePublicHalf() {
        assertThat(Hpke.publicKey(Suite.X25519, Vectors.opaque(setup, "skRm")))
                .isEqualTo(Vectors.opaque(setup, "pkRm"));
    }

    @Test
    void encapsulatesAsTheRfcDoes() {
        assertThat(sender().encapsulated()).isEqualTo(Vectors.opaque(setup, "enc"));
    }

    @Test
    void sealsAndOpensEveryMessage() {
        Outgoing from = sender();
        Incoming to = recipient();
        List<Map<String, String>> messages = Vectors.with(paragraphs, "ct");
        assertThat(messages).hasSize(3);
        for (Map<String, String> message : messages) {
            byte[] aad = Vectors.bytes(message, "aad");
            assertThat(from.seal(aad, Vectors.bytes(message, "pt"))).isEqualTo(Vectors.opaque(message, "ct"));
            assertThat(to.open(aad, Vectors.bytes(message, "ct"))).contains(Vectors.opaque(message, "pt"));
        }
    }

    @Test
    void exportsEverySecretAtBothEnds() {
        Outgoing from = sender();
        Incoming to = recipient();
        List<Map<String, String>> exports = Vectors.with(paragraphs, "exported_value");
        assertThat(exports).hasSize(3);
        for (Map<String, String> export : exports) {
            byte[] use = Vectors.bytes(export, "exporter_context");
            int length = Integer.parseInt(export.getOrDefault("L", ""));
            assertThat(from.export(use, length)).isEqualTo(Vectors.opaque(export, "exported_value"));
            assertThat(to.export(use, length)).isEqualTo(Vectors.opaque(export, "exported_value"));
        }
    }

    private Outgoing sender() {
        return Hpke.send(
                        Suite.X25519,
                        Vectors.opaque(setup, "pkRm"),
                        Vectors.bytes(setup, "info"),
                        Vectors.drawing(Vectors.bytes(setup, "skEm")))
                .orElseThrow();
    }

    private Incoming recipient() {
        return Hpke.receive(
                        Suite.X25519,
                        Vectors.opaque(setup, "skRm"),
                        Vectors.opaque(setup, "enc"),
                        Vectors.bytes(setup, "info"))
                .orElseThrow();
    }
}
