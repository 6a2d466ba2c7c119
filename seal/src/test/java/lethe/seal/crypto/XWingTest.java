package lethe.seal.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContext;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.pqc.crypto.xwing.XWingKEMExtractor;
import org.bouncycastle.pqc.crypto.xwing.XWingPrivateKeyParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** X-Wing against the vectors of its draft, and within HPKE against those of HPKE's post-quantum draft. */
class XWingTest {
    private final List<Map<String, String>> paragraphs = Vectors.of("hpke-pq-xwing.txt");
    private final Map<String, String> setup = paragraphs.get(0);

    static Stream<Map<String, String>> vectors() {
        return Vectors.of("xwing.txt").stream();
    }

    @Test
    void thereAreThreeVectors() {
        assertThat(vectors()).hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void knowsThePublicHalf(Map<String, String> vector) {
        assertThat(Hpke.publicKey(Suite.X_WING, Vectors.opaque(vector, "sk"))).isEqualTo(Vectors.opaque(vector, "pk"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void encapsulates(Map<String, String> vector) {
        Outgoing sent = Hpke.send(
                        Suite.X_WING,
                        Vectors.opaque(vector, "pk"),
                        new byte[0],
                        Vectors.drawing(Vectors.bytes(vector, "eseed")))
                .orElseThrow();

        assertThat(sent.encapsulated()).isEqualTo(Vectors.opaque(vector, "ct"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void agreesOnTheSecret(Map<String, String> vector) {
        HPKE hpke = Suite.X_WING.hpke();
        AsymmetricCipherKeyPair pair = hpke.deserializePrivateKey(Vectors.bytes(vector, "sk"), null);

        byte[] agreed = new XWingKEMExtractor((XWingPrivateKeyParameters) pair.getPrivate())
                .extractSecret(Vectors.bytes(vector, "ct"));

        assertThat(agreed).isEqualTo(Vectors.bytes(vector, "ss"));
    }

    /** The draft has its vector for ChaCha20-Poly1305; our suite differs from it in the AEAD alone. */
    @Test
    void keepsToThePostQuantumDraftOfHpke() throws InvalidCipherTextException {
        HPKE hpke = new HPKE(HPKE.mode_base, Suite.X_WING.kem(), HPKE.kdf_HKDF_SHA256, HPKE.aead_CHACHA20_POLY1305);
        HPKEContextWithEncapsulation from = hpke.setupBaseS(
                hpke.deserializePublicKey(Vectors.bytes(setup, "pkRm")),
                Vectors.bytes(setup, "info"),
                Vectors.bytes(setup, "eseed"));
        HPKEContext to = hpke.setupBaseR(
                Vectors.bytes(setup, "enc"),
                hpke.deserializePrivateKey(Vectors.bytes(setup, "skRm"), null),
                Vectors.bytes(setup, "info"));

        assertThat(from.getEncapsulation()).isEqualTo(Vectors.bytes(setup, "enc"));
        List<Map<String, String>> messages = Vectors.with(paragraphs, "ct");
        assertThat(messages).hasSize(10);
        for (Map<String, String> message : messages) {
            byte[] aad = Vectors.bytes(message, "aad");
            assertThat(from.seal(aad, Vectors.bytes(message, "pt"))).isEqualTo(Vectors.bytes(message, "ct"));
            assertThat(to.open(aad, Vectors.bytes(message, "ct"))).isEqualTo(Vectors.bytes(message, "pt"));
        }
        List<Map<String, String>> exports = Vectors.with(paragraphs, "exported_value");
        assertThat(exports)
                .hasSize(5)
                .allSatisfy(export -> assertThat(to.export(Vectors.bytes(export, "exporter_context"), 32))
                        .isEqualTo(Vectors.bytes(export, "exported_value")));
    }
}
