package lethe.loadtest.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import lethe.core.identity.Opaque;

/**
 * Looks for many patterns at once in a long stream of bytes: Rabin and Karp's rolling hash over the first bytes of
 * each, 16, or as many as the shortest has.
 *
 * <p>One pass, whatever the number of patterns: at each byte the hash of the next ones is asked for in a table of bits,
 * which says no to nearly all that is not the beginning of a pattern; what is left is compared. A pattern is found
 * where it lies across the pieces in which the stream is read, because each piece begins with the end of the one
 * before.
 */
public final class PatternSearch {
    /** Bytes that are hashed at most. */
    private static final int LONGEST_WINDOW = 16;

    /** The shortest pattern. */
    static final int SHORTEST = 7;

    static final int CHUNK = 1 << 20;

    private static final long BASE = 0x9E3779B97F4A7C15L;
    private static final long MIX = 0xD6E8FEB86659FD93L;
    private static final int BITS_PER_PATTERN = 64;

    private final byte[][] patterns;
    private final int longest;
    private final int window;
    private final long baseToWindow;
    private final long[] bits;
    private final int[] heads;
    private final int[] next;
    private final int shift;

    /** What is told of a find. */
    @FunctionalInterface
    public interface Hits {
        /**
         * A pattern is there.
         *
         * @param pattern its number
         * @param offset of its first byte in the stream
         */
        void at(int pattern, long offset);
    }

    /** For patterns of 7 bytes or more, which are named by their number. */
    public PatternSearch(List<Opaque> wanted) {
        patterns = wanted.stream().map(Opaque::toBytes).toArray(byte[][]::new);
        longest = Arrays.stream(patterns)
                .mapToInt(pattern -> pattern.length)
                .max()
                .orElse(LONGEST_WINDOW);
        window = Arrays.stream(patterns)
                .mapToInt(pattern -> Math.min(pattern.length, LONGEST_WINDOW))
                .min()
                .orElse(LONGEST_WINDOW);
        baseToWindow = power(BASE, window);
        if (window < SHORTEST) {
            throw new IllegalArgumentException("a pattern has at least " + SHORTEST + " bytes");
        }
        int log = Math.max(Long.SIZE - Long.numberOfLeadingZeros((long) patterns.length * BITS_PER_PATTERN), 6);
        shift = Long.SIZE - log;
        bits = new long[1 << (log - 6)];
        heads = new int[bits.length];
        next = new int[patterns.length];
        Arrays.fill(heads, -1);
        for (int i = 0; i < patterns.length; i++) {
            int slot = slot(hash(patterns[i], 0));
            bits[slot >>> 6] |= 1L << slot;
            next[i] = heads[slot >>> 6];
            heads[slot >>> 6] = i;
        }
    }

    /** Reads to the end and tells every place where a pattern is. */
    public void search(InputStream stream, Hits hits) throws IOException {
        byte[] piece = new byte[longest - 1 + CHUNK];
        int kept = 0;
        long offset = 0;
        while (true) {
            int read = stream.readNBytes(piece, kept, CHUNK);
            int filled = kept + read;
            boolean last = read < CHUNK;
            // What could go on in the next piece is looked at then.
            int end = last ? filled - window + 1 : filled - longest + 1;
            scan(piece, Math.max(end, 0), filled, offset, hits);
            if (last) {
                return;
            }
            int from = Math.max(end, 0);
            kept = filled - from;
            System.arraycopy(piece, from, piece, 0, kept);
            offset += from;
        }
    }

    private void scan(byte[] piece, int end, int filled, long offset, Hits hits) {
        if (end == 0) {
            return;
        }
        long hash = hash(piece, 0);
        for (int at = 0; ; at++) {
            int slot = slot(hash);
            if ((bits[slot >>> 6] & (1L << slot)) != 0) {
                compare(piece, at, filled, heads[slot >>> 6], offset, hits);
            }
            if (at + 1 >= end) {
                return;
            }
            hash = hash * BASE + piece[at + window] - piece[at] * baseToWindow;
        }
    }

    private void compare(byte[] piece, int at, int filled, int first, long offset, Hits hits) {
        for (int i = first; i >= 0; i = next[i]) {
            int end = at + patterns[i].length;
            if (end <= filled && Arrays.equals(piece, at, end, patterns[i], 0, patterns[i].length)) {
                hits.at(i, offset + at);
            }
        }
    }

    /** The upper bits, mixed: those of the hash alone hardly depend on the last bytes. */
    private int slot(long hash) {
        return (int) (((hash ^ (hash >>> 32)) * MIX) >>> shift);
    }

    private long hash(byte[] bytes, int from) {
        long hash = 0;
        for (int i = from; i < from + window; i++) {
            hash = hash * BASE + bytes[i];
        }
        return hash;
    }

    private static long power(long base, int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= base;
        }
        return power;
    }
}
