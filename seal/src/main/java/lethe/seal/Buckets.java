package lethe.seal;

import java.util.Arrays;
import java.util.OptionalInt;
import lethe.seal.crypto.Signatures;
import lethe.seal.crypto.Suite;

/**
 * The lengths that what is padded can have, so that an envelope's length says little: 512 bytes, 1, 2, 4 and 16 KiB,
 * and what makes the whole envelope 64 KiB, which is as much as brokers take.
 */
final class Buckets {
    /** Bytes of the largest envelope. */
    static final int LARGEST_ENVELOPE = 64 * 1024;

    private static final int[] SIZES = {512, 1_024, 2_048, 4_096, 16_384};

    private Buckets() {}

    /** The smallest bucket for so many bytes, if there is one. */
    static OptionalInt around(int length, Suite suite) {
        for (int size : SIZES) {
            if (size >= length) {
                return OptionalInt.of(size);
            }
        }
        return length <= largest(suite) ? OptionalInt.of(largest(suite)) : OptionalInt.empty();
    }

    /** The bucket of an envelope that is so long, if there can be one. */
    static OptionalInt within(int envelope, Suite suite) {
        int size = envelope - around(suite);
        return size == largest(suite) || Arrays.binarySearch(SIZES, size) >= 0
                ? OptionalInt.of(size)
                : OptionalInt.empty();
    }

    /** Bytes of the largest bucket. */
    static int largest(Suite suite) {
        return LARGEST_ENVELOPE - around(suite);
    }

    /** Bytes of an envelope around what is padded. */
    private static int around(Suite suite) {
        return Header.length(suite) + Signatures.LENGTH + Suite.TAG;
    }
}
