package lethe.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lethe.core.Samples;
import lethe.core.Trials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A tag has 32 bytes, which no text of RFC 4231 has: so the RFC vouches for an oracle, and the oracle for the ids. */
class SubscriberIdsTest {
    private static final HexFormat HEX = HexFormat.of();

    static Stream<Arguments> casesOfRfc4231() {
        return Stream.of(
                Arguments.of(
                        "0b".repeat(20),
                        ascii("Hi There"),
                        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
                Arguments.of(
                        ascii("Jefe"),
                        ascii("what do ya want for nothing?"),
                        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
                Arguments.of(
                        "aa".repeat(20),
                        "dd".repeat(50),
                        "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
                Arguments.of(
                        "aa".repeat(131),
                        ascii("Test Using Larger Than Block-Size Key - Hash Key First"),
                        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
                Arguments.of(
                        "aa".repeat(131),
                        ascii("This is a test using a larger than block-size key and a larger than block-size data."
                                + " The key needs to be hashed before being used by the HMAC algorithm."),
                        "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"));
    }

    private static String ascii(String text) {
        return HEX.formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @MethodSource("casesOfRfc4231")
    void hasAnOracleThatAgreesWithTheStandard(String key, String text, String mac) {
        assertThat(HEX.formatHex(Rfc2104.hmac(HEX.parseHex(key), HEX.parseHex(text))))
                .isEqualTo(mac);
    }

    @Test
    void isTheHmacOfTheTag() {
        Trials.forAll(random -> {
            Opaque key = Samples.opaque(random, 32 + random.nextInt(110));
            Tag tag = Samples.tag(random);
            assertThat(SubscriberIds.under(key).of(tag).bytes())
                    .isEqualTo(
                            Opaque.wrap(Rfc2104.hmac(key.toBytes(), tag.bytes().toBytes())));
        });
    }

    @Test
    void areToldApartByTheirFirstBytesNeverByZero() {
        byte[] bytes = new byte[32];
        assertThat(new SubscriberId(Opaque.copyOf(bytes)).label()).isEqualTo(1);
        bytes[6] = 2;
        bytes[7] = 3;
        assertThat(new SubscriberId(Opaque.copyOf(bytes)).label()).isEqualTo(0x203);
    }

    @Test
    void refusesAShortKey() {
        assertThatThrownBy(() -> SubscriberIds.under(Opaque.wrap(new byte[31])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givesManyThreadsTheSameAnswer() {
        Random random = new Random(1);
        SubscriberIds ids = SubscriberIds.under(Samples.opaque(random, 32));
        List<Tag> tags = Stream.generate(() -> Samples.tag(random)).limit(50).toList();
        List<SubscriberId> expected = tags.stream().map(ids::of).toList();

        List<SubscriberId> found = IntStream.range(0, 5_000)
                .parallel()
                .mapToObj(i -> ids.of(tags.get(i % tags.size())))
                .toList();

        assertThat(IntStream.range(0, found.size())).allMatch(i -> found.get(i).equals(expected.get(i % tags.size())));
    }

    @Test
    void doesNotPrintItsKey() {
        assertThat(SubscriberIds.under(Opaque.wrap(new byte[32]))).hasToString("SubscriberIds[***]");
    }
}
