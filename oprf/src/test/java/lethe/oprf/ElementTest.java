package lethe.oprf;

import static lethe.oprf.Given.hex;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import lethe.core.identity.Opaque;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes over the wire is a point of the curve in its one form, or it is refused. */
class ElementTest {
    private static final BigInteger FIELD = P256.CURVE.getField().getCharacteristic();

    @Test
    void readsWhatItWrites() {
        Trials.forAll(50, random -> {
            Element element = Blinding.nobody(random);

            assertThat(Element.decode(element.bytes())).contains(element);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "000000000000000000000000000000000000000000000000000000000000000000",
                "020000000000000000000000000000000000000000000000000000000000000000ff",
                "02ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            })
    void refusesTheIdentityAndOtherLengths(String bytes) {
        assertThat(Element.decode(hex(bytes))).isEmpty();
    }

    @Test
    void refusesOtherFormsOfTheSamePoint() {
        byte[] uncompressed = P256.GENERATOR.getEncoded(false);
        byte[] cut = Arrays.copyOf(uncompressed, Element.LENGTH);
        byte[] hybrid = uncompressed.clone();
        hybrid[0] = 7;

        assertThat(List.of(uncompressed, cut, hybrid))
                .allSatisfy(
                        bytes -> assertThat(Element.decode(Opaque.wrap(bytes))).isEmpty());
    }

    /** The same point again, with a coordinate that is one field larger. */
    @Test
    void refusesCoordinatesBeyondTheField() {
        BigInteger small = BigInteger.valueOf(5);
        assertThat(Element.decode(compressed(small))).isPresent();

        assertThat(Element.decode(compressed(small.add(FIELD)))).isEmpty();
        assertThat(Element.decode(compressed(FIELD))).isEmpty();
    }

    @Test
    void takesOneOfTwoCoordinatesForAPoint() {
        Random random = new Random(1);
        int points = 0;
        for (int i = 0; i < 400; i++) {
            points += Element.decode(compressed(new BigInteger(250, random))).isPresent() ? 1 : 0;
        }

        assertThat(points).isBetween(150, 250);
    }

    @Test
    void aListIsRefusedForOneBadItem() {
        Opaque good = Blinding.nobody(new Random(1)).bytes();

        assertThat(Element.decodeAll(List.of(good, good))).isPresent();
        assertThat(Element.decodeAll(List.of(good, compressed(FIELD), good))).isEmpty();
    }

    private static Opaque compressed(BigInteger x) {
        byte[] bytes = new byte[Element.LENGTH];
        bytes[0] = 2;
        System.arraycopy(BigIntegers.asUnsignedByteArray(32, x), 0, bytes, 1, 32);
        return Opaque.wrap(bytes);
    }
}
