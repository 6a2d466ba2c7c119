package lethe.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import lethe.core.protocol.ProblemType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bytes that were frames once: 100,000 mutations per encoding, of both sides' frames and of bodies. */
class FuzzTest {
    private static final int MUTATIONS = 100_000;

    @ParameterizedTest
    @EnumSource
    void answersWhateverComesWithARecordOrAProblem(Encoding encoding) {
        Random random = new Random(20_261_122);
        int good = 0;
        List<Original> originals = List.of();
        for (int i = 0; i < MUTATIONS; i++) {
            if (i % 1000 == 0) {
                originals = originals(encoding, new Samples(i));
            }
            Original original = originals.get(random.nextInt(originals.size()));
            byte[] mutated = mutate(original.bytes, random);
            Decoded<?> decoded = read(encoding, original.kind, mutated, i);
            if (decoded instanceof Decoded.Good<?> it) {
                good++;
                assertReadsBack(encoding, original.kind, it.value(), i);
            } else if (decoded instanceof Decoded.Bad<?> it) {
                assertThat(it.problem().type()).isIn(ProblemType.MALFORMED, ProblemType.UNKNOWN_FIELD);
            }
        }
        // Some mutations hit only the envelope or a number: were there none, the mutations would be too coarse.
        assertThat(good).isBetween(MUTATIONS / 100, MUTATIONS * 9 / 10);
    }

    private static void assertReadsBack(Encoding encoding, Format<?> kind, Object value, int seed) {
        byte[] bytes = write(encoding, kind, value);
        assertThat(Octets.read(encoding, kind, bytes, 0, bytes.length))
                .as("mutation %d", seed)
                .isEqualTo(new Decoded.Good<>(value));
    }

    @SuppressWarnings("unchecked") // the value was read by this very format
    private static <V> byte[] write(Encoding encoding, Format<V> kind, Object value) {
        return Octets.of(encoding, kind, (V) value);
    }

    private static Decoded<?> read(Encoding encoding, Format<?> kind, byte[] bytes, int mutation) {
        try {
            return Octets.read(encoding, kind, bytes, 0, bytes.length);
        } catch (RuntimeException e) {
            throw new AssertionError("mutation " + mutation + " is not answered: " + Arrays.toString(bytes), e);
        }
    }

    static byte[] mutate(byte[] bytes, Random random) {
        byte[] mutated = bytes.clone();
        for (int change = random.nextInt(3); change >= 0 && mutated.length > 0; change--) {
            int at = random.nextInt(mutated.length);
            switch (random.nextInt(6)) {
                case 0 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> mutated[at] = (byte) random.nextInt(256);
                case 2 -> mutated = Arrays.copyOf(mutated, at);
                case 3 -> mutated = spliced(mutated, at, at, new byte[] {(byte) random.nextInt(256)});
                case 4 ->
                    mutated = spliced(mutated, at, Math.min(mutated.length, at + 1 + random.nextInt(4)), new byte[0]);
                default -> {
                    int end = Math.min(mutated.length, at + 1 + random.nextInt(40));
                    mutated = spliced(mutated, at, at, Arrays.copyOfRange(mutated, at, end));
                }
            }
        }
        return mutated;
    }

    /** The bytes with a part of them replaced. */
    private static byte[] spliced(byte[] bytes, int from, int to, byte[] by) {
        byte[] spliced = Arrays.copyOf(bytes, bytes.length - (to - from) + by.length);
        System.arraycopy(by, 0, spliced, from, by.length);
        System.arraycopy(bytes, to, spliced, from + by.length, bytes.length - to);
        return spliced;
    }

    private static List<Original> originals(Encoding encoding, Samples samples) {
        List<Original> originals = new ArrayList<>();
        samples.clientFrames()
                .forEach(frame -> originals.add(new Original(ClientFrames.VOCABULARY, Frames.encode(encoding, frame))));
        samples.serverFrames()
                .forEach(frame -> originals.add(new Original(ServerFrames.VOCABULARY, Frames.encode(encoding, frame))));
        samples.bodies()
                .forEach(body ->
                        originals.add(new Original(BodyShapes.of(body.getClass()), Payloads.encode(encoding, body))));
        return originals;
    }

    private static final class Original {
        private final Format<?> kind;
        private final byte[] bytes;

        Original(Format<?> kind, byte[] bytes) {
            this.kind = kind;
            this.bytes = bytes;
        }
    }
}
