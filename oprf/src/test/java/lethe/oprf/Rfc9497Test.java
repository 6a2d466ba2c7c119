package lethe.oprf;

import static lethe.oprf.Given.hex;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import lethe.core.identity.Opaque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors of RFC 9497, Appendix A.3: both sides, byte for byte. */
class Rfc9497Test {
    static Stream<Map<String, String>> vectors() throws IOException {
        return Vectors.of("rfc9497-p256.txt").stream();
    }

    @Test
    void thereAreFiveVectorsWithSixInputs() throws IOException {
        assertThat(vectors()).hasSize(5);
        assertThat(vectors().flatMap(vector -> parts(vector, "Input").stream())).hasSize(6);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void derivesTheKey(Map<String, String> vector) {
        SecretKey key = key(vector);

        assertThat(revealed(key)).isEqualTo(vector.get("skSm"));
        if (vector.containsKey("pkSm")) {
            assertThat(hex(key.publicKey().element().bytes())).isEqualTo(vector.get("pkSm"));
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void blinds(Map<String, String> vector) {
        assertThat(blindings(vector))
                .extracting(blinding -> hex(blinding.blinded().bytes()))
                .isEqualTo(parts(vector, "BlindedElement"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void evaluatesAndProves(Map<String, String> vector) {
        BigInteger once = scalar(vector.getOrDefault("ProofRandomScalar", "01"));

        Evaluated evaluated = key(vector).evaluate(Given.elements(blindings(vector)), once);

        assertThat(evaluated.elements())
                .extracting(element -> hex(element.bytes()))
                .isEqualTo(parts(vector, "EvaluationElement"));
        if (vector.containsKey("Proof")) {
            assertThat(hex(evaluated.proof().bytes())).isEqualTo(vector.get("Proof"));
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void verifiesTheProof(Map<String, String> vector) {
        if (vector.containsKey("Proof")) {
            PublicKey key = PublicKey.decode(hex(value(vector, "pkSm"))).orElseThrow();
            Proof proof = Proof.decode(hex(value(vector, "Proof"))).orElseThrow();

            assertThat(key.proves(elements(vector, "BlindedElement"), new Evaluated(results(vector), proof)))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void finishes(Map<String, String> vector) {
        List<Blinding> blindings = blindings(vector);
        List<Element> results = results(vector);
        List<String> outputs = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            outputs.add(hex(blindings.get(i).finish(results.get(i)).bytes()));
        }

        assertThat(outputs).isEqualTo(parts(vector, "Output"));
    }

    private static Suite suite(Map<String, String> vector) {
        return new Suite(Integer.parseInt(value(vector, "mode")));
    }

    private static SecretKey key(Map<String, String> vector) {
        return SecretKey.derive(suite(vector), hex(value(vector, "seed")), hex(value(vector, "keyInfo")));
    }

    @RevealsKeys("compares it with the vector's")
    private static String revealed(SecretKey key) {
        return hex(key.reveal());
    }

    private static List<Blinding> blindings(Map<String, String> vector) {
        List<String> blinds = parts(vector, "Blind");
        List<Blinding> blindings = new ArrayList<>();
        for (String input : parts(vector, "Input")) {
            Opaque bytes = hex(input);
            blindings.add(Blinding.of(suite(vector), bytes, scalar(blinds.get(blindings.size()))));
        }
        return blindings;
    }

    private static List<Element> results(Map<String, String> vector) {
        return elements(vector, "EvaluationElement");
    }

    private static List<Element> elements(Map<String, String> vector, String name) {
        return Element.decodeAll(parts(vector, name).stream().map(Given::hex).toList())
                .orElseThrow();
    }

    private static List<String> parts(Map<String, String> vector, String name) {
        return Arrays.asList(value(vector, name).split(","));
    }

    private static String value(Map<String, String> vector, String name) {
        return Objects.requireNonNull(vector.get(name), name);
    }

    private static BigInteger scalar(String hex) {
        return new BigInteger(hex, 16);
    }
}
