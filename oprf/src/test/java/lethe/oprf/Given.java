package lethe.oprf;

import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;

/** What tests begin with. */
final class Given {
    private Given() {}

    static PlainIdentifier number(int last) {
        return PlainIdentifier.of(PlainIdentifier.Kind.NUMBER, "+49151" + (10_000_000 + last));
    }

    static List<Blinding> blindings(int count, RandomGenerator random) {
        return IntStream.range(0, count)
                .mapToObj(i -> Blinding.of(number(i), random))
                .toList();
    }

    static List<Element> elements(List<Blinding> blindings) {
        return blindings.stream().map(Blinding::blinded).toList();
    }

    static Opaque hex(String text) {
        return Opaque.wrap(HexFormat.of().parseHex(text));
    }

    static String hex(Opaque bytes) {
        return HexFormat.of().formatHex(bytes.shared());
    }

    /** The bytes with one bit turned. */
    static Opaque turned(Opaque bytes, int bit) {
        byte[] turned = bytes.toBytes();
        turned[bit / 8] ^= (byte) (1 << (bit % 8));
        return Opaque.wrap(turned);
    }
}
