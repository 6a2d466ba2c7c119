package lethe.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.stream.Stream;
import lethe.core.Samples;
import lethe.core.Trials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpaqueTest {
    @Test
    void isReadFromTheTextThatItWrites() {
        Trials.forAll(random -> {
            Opaque opaque = Samples.opaque(random, random.nextInt(100));
            assertThat(opaque.toText()).matches("[A-Za-z0-9_-]*");
            assertThat(Opaque.fromText(opaque.toText())).isEqualTo(opaque).hasSameHashCodeAs(opaque);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"AA==", "AA=", "A", "AB", "+/+/", "AA AA", "AAA\n", "äöü", "AAAAA"})
    void isReadFromOneTextOnlyAndDoesNotQuoteAnother(String text) {
        assertThatThrownBy(() -> Opaque.fromText(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not base64url")
                .hasNoCause();
    }

    @Test
    void keepsItsBytesToItself() {
        byte[] bytes = {1, 2, 3};
        Opaque opaque = Opaque.copyOf(bytes);
        bytes[0] = 9;
        opaque.toBytes()[1] = 9;

        assertThat(opaque.toBytes()).containsExactly(1, 2, 3);
        assertThat(opaque).isEqualTo(Opaque.wrap(new byte[] {1, 2, 3})).isNotEqualTo(Opaque.empty());
        assertThat(opaque.equals((Object) "AQID")).isFalse();
    }

    @Test
    void printsItsLengthOnly() {
        assertThat(Opaque.wrap("secret".getBytes(StandardCharsets.US_ASCII))).hasToString("Opaque[6 bytes]");
    }

    static Stream<Arguments> names() {
        return Stream.of(
                name(16, MessageId::new, MessageId::fromText, MessageId::toText),
                name(16, DeviceId::new, DeviceId::fromText, DeviceId::toText),
                name(16, SessionId::new, SessionId::fromText, SessionId::toText),
                name(32, SubscriberId::new, SubscriberId::fromText, SubscriberId::toText),
                name(32, Tag::new, Tag::fromText, Tag::toText));
    }

    private static <T> Arguments name(
            int length, Function<Opaque, T> make, Function<String, T> read, Function<T, String> write) {
        return Arguments.of(length, make, read, write);
    }

    @ParameterizedTest
    @MethodSource("names")
    <T> void namesHaveOneLengthAndOneText(
            int length, Function<Opaque, T> make, Function<String, T> read, Function<T, String> write) {
        Trials.forAll(20, random -> {
            T name = make.apply(Samples.opaque(random, length));
            assertThat(read.apply(write.apply(name))).isEqualTo(name);
        });
        for (int wrong : new int[] {0, length - 1, length + 1}) {
            Opaque bytes = Opaque.wrap(new byte[wrong]);
            assertThatThrownBy(() -> make.apply(bytes)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> read.apply(bytes.toText())).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
