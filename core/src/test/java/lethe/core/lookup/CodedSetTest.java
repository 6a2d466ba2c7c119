package lethe.core.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import lethe.core.Trials;
import lethe.core.identity.Opaque;
import org.junit.jupiter.api.Test;

class CodedSetTest {
    private static long[] ascending(LongStream entries) {
        return entries.boxed()
                .distinct()
                .sorted(Long::compareUnsigned)
                .mapToLong(Long::longValue)
                .toArray();
    }

    private static long[] entries(Random random, int count) {
        return ascending(random.longs(count));
    }

    private static List<ListedTag> tags(long... bits) {
        return Arrays.stream(bits).mapToObj(ListedTag::new).toList();
    }

    /** What the documents say an entry becomes, with numbers that have no bound. */
    private static BigInteger value(long entry, int count) {
        return new BigInteger(Long.toUnsignedString(entry))
                .multiply(BigInteger.valueOf(count).shiftLeft(16))
                .shiftRight(64);
    }

    private static CodedSet readAgain(CodedSet set) {
        return ((CodedSet.Reading.Good) CodedSet.read(set.count(), set.bytes())).set();
    }

    @Test
    void findsExactlyWhatHasTheValueOfAnEntry() {
        Trials.forAll(random -> {
            long[] entries = entries(random, random.nextInt(60));
            // So few entries leave room for values that an entry and a stranger share.
            long[] strangers = LongStream.concat(
                            random.longs(50), Arrays.stream(entries).map(entry -> entry ^ 1L << random.nextInt(64)))
                    .toArray();
            Set<BigInteger> values = Arrays.stream(entries)
                    .mapToObj(entry -> value(entry, entries.length))
                    .collect(Collectors.toSet());
            Set<ListedTag> expected =
                    tags(LongStream.concat(Arrays.stream(entries), Arrays.stream(strangers))
                                    .toArray())
                            .stream()
                            .filter(tag -> values.contains(value(tag.bits(), entries.length)))
                            .collect(Collectors.toSet());

            CodedSet set = CodedSet.of(entries);
            List<ListedTag> asked = tags(LongStream.concat(Arrays.stream(strangers), Arrays.stream(entries))
                    .toArray());
            assertThat(set.among(asked)).isEqualTo(expected).containsAll(tags(entries));
            assertThat(readAgain(set).among(asked)).isEqualTo(expected);
        });
    }

    @Test
    void findsTheLowestAndTheHighestEntry() {
        CodedSet set = CodedSet.of(new long[] {0, 1, Long.MAX_VALUE, Long.MIN_VALUE, -1});

        assertThat(set.among(tags(-1, 0, Long.MIN_VALUE, Long.MAX_VALUE)))
                .containsExactlyInAnyOrderElementsOf(tags(0, Long.MAX_VALUE, Long.MIN_VALUE, -1));
    }

    @Test
    void findsNobodyInAnEmptySet() {
        CodedSet empty = readAgain(CodedSet.of(new long[0]));

        assertThat(empty.bytes().length()).isZero();
        assertThat(empty.among(tags(0, 1, -1))).isEmpty();
    }

    /** Worked out by hand: values 32768, 65536 and 196607 of 196608; differences 0|8000, 0|8000, 1|ffff. */
    @Test
    void hasTheBytesThatTheDocumentsSay() {
        long third = Long.divideUnsigned(-1, 3);
        CodedSet set = CodedSet.of(new long[] {third / 2 + 1, third + 1, -1});

        assertThat(HexFormat.of().formatHex(set.bytes().toBytes())).isEqualTo("400020002ffff0");
    }

    @Test
    void takesAboutSeventeenAndAHalfBitsForAnEntry() {
        CodedSet set = CodedSet.of(entries(new Random(1), 100_000));

        assertThat(set.bytes().length() * 8.0 / set.count()).isBetween(17.4, 17.7);
    }

    /** Expected are 10 of 655,360; that it is below 1 or above 30 has a chance of less than one in ten thousand. */
    @Test
    void takesAboutOneStrangerOf65536ForListed() {
        Random random = new Random(2);
        CodedSet set = CodedSet.of(entries(random, 10_000));
        List<ListedTag> strangers = tags(random.longs(655_360).toArray());

        assertThat(set.among(strangers)).hasSizeBetween(1, 30);
    }

    @Test
    void isRefusedWhenCutShortOrLonger() {
        Trials.forAll(100, random -> {
            CodedSet set = CodedSet.of(entries(random, 1 + random.nextInt(40)));
            byte[] bytes = set.bytes().toBytes();
            byte[] shorter = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            byte[] longer = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(20));

            assertThat(CodedSet.read(set.count(), Opaque.wrap(shorter))).isInstanceOf(CodedSet.Reading.Bad.class);
            assertThat(CodedSet.read(set.count(), Opaque.wrap(longer))).isInstanceOf(CodedSet.Reading.Bad.class);
            assertThat(CodedSet.read(set.count() + 1, set.bytes())).isInstanceOf(CodedSet.Reading.Bad.class);
        });
    }

    @Test
    void takesNoBytesForMoreThanTheyAre() {
        Trials.forAll(2_000, random -> {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            int count = random.nextInt(20);
            if (CodedSet.read(count, Opaque.wrap(bytes)) instanceof CodedSet.Reading.Good good) {
                assertThat(good.set().count()).isEqualTo(count);
                assertThat(good.set().among(tags(random.longs(10).toArray()))).hasSizeLessThanOrEqualTo(10);
            }
        });
    }

    @Test
    void knowsWhyBytesAreNoSet() {
        assertThat(fault(-1, "")).isEqualTo(SetFault.OVERSIZED);
        assertThat(fault(CodedSet.MOST + 1L, "")).isEqualTo(SetFault.OVERSIZED);
        assertThat(fault(Long.MAX_VALUE, "")).isEqualTo(SetFault.OVERSIZED);
        assertThat(fault(0, "00")).isEqualTo(SetFault.OVERSIZED);
        assertThat(fault(1, "0000000000")).isEqualTo(SetFault.OVERSIZED);
        assertThat(fault(1, "")).isEqualTo(SetFault.MALFORMED);
        // One entry, value 0, and a bit behind its end.
        assertThat(fault(1, "000001")).isEqualTo(SetFault.MALFORMED);
        // A quotient of one, and so a value beyond all that one entry can have.
        assertThat(fault(1, "800000")).isEqualTo(SetFault.MALFORMED);
        // Ones to the end.
        assertThat(fault(1, "ffffff")).isEqualTo(SetFault.MALFORMED);
    }

    private static SetFault fault(long count, String hex) {
        Opaque bytes = Opaque.wrap(HexFormat.of().parseHex(hex));
        return ((CodedSet.Reading.Bad) CodedSet.read(count, bytes)).fault();
    }

    @Test
    void codesOnlyWhatAscends() {
        assertThatThrownBy(() -> CodedSet.of(new long[] {2, 1})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CodedSet.of(new long[] {1, 1})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CodedSet.of(new long[] {-1, 1})).isInstanceOf(IllegalArgumentException.class);
    }
}
