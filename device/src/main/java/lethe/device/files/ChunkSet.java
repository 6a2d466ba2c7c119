package lethe.device.files;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import lethe.core.identity.Opaque;

/** Which chunks of a file are there, as bytes: a bit each, the lowest of the first byte for chunk 0. */
public final class ChunkSet {
    private ChunkSet() {}

    /** Bytes for so many chunks. */
    public static int length(int chunks) {
        return (chunks + Byte.SIZE - 1) / Byte.SIZE;
    }

    public static Opaque encode(BitSet set, int chunks) {
        return Opaque.wrap(Arrays.copyOf(set.toByteArray(), length(chunks)));
    }

    /** Reads it; empty if it is not of a file with so many chunks. */
    public static Optional<BitSet> decode(Opaque bytes, int chunks) {
        BitSet set = BitSet.valueOf(bytes.shared());
        return bytes.length() == length(chunks) && set.length() <= chunks ? Optional.of(set) : Optional.empty();
    }
}
