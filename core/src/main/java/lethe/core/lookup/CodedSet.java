package lethe.core.lookup;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import lethe.core.identity.Opaque;

/**
 * Listed tags in about 17.6 bits each: a Golomb-Rice coded set, as BIP-158 has it. Immutable.
 *
 * <p>Of N entries each becomes the upper half of its product with N * 2^16, a number below that; the numbers are
 * sorted, and each difference to the one before is written as its quotient by 2^16 in unary and its remainder in 16
 * bits. BIP-158 hashes under a key first (SipHash), lest somebody choose entries that collide. Here an entry is part of
 * a SHA-256 over a tag, which nobody chooses: it is uniform already.
 *
 * <p>A tag that is not listed is found all the same with a chance of one in 65,536. Whoever is taken for reachable so
 * is not: the message is refused as one to nobody.
 */
public final class CodedSet {
    /** The most entries of a set. Phones would have to fetch 37 MB. */
    public static final int MOST = 1 << 24;

    /** Bits of a remainder; the chance of a false match is one in two to their power. */
    private static final int P = 16;

    private final int count;
    private final Opaque bytes;

    private CodedSet(int count, Opaque bytes) {
        this.count = count;
        this.bytes = bytes;
    }

    /** What bytes turned out to be. */
    public sealed interface Reading {
        /** A whole set, with nothing before or after it. */
        record Good(CodedSet set) implements Reading {}

        /** No set. */
        record Bad(SetFault fault) implements Reading {}
    }

    /**
     * Codes entries.
     *
     * @param entries the bits of each, ascending as numbers without sign, none twice
     * @throws IllegalArgumentException if they are not, or are more than {@link #MOST}
     */
    public static CodedSet of(long[] entries) {
        if (entries.length > MOST) {
            throw new IllegalArgumentException("a set has at most " + MOST + " entries");
        }
        long range = range(entries.length);
        BitWriter out = new BitWriter((int) mostBytes(entries.length));
        long last = 0;
        for (int i = 0; i < entries.length; i++) {
            if (i > 0 && Long.compareUnsigned(entries[i - 1], entries[i]) >= 0) {
                throw new IllegalArgumentException("entries are not ascending");
            }
            long value = value(entries[i], range);
            out.unary((value - last) >>> P);
            out.bits(value - last, P);
            last = value;
        }
        return new CodedSet(entries.length, Opaque.wrap(out.toBytes()));
    }

    /** Reads a set that came from elsewhere; takes no more memory than it has bytes. */
    public static Reading read(long count, Opaque bytes) {
        if (count < 0 || count > MOST || bytes.length() > mostBytes(count)) {
            return new Reading.Bad(SetFault.OVERSIZED);
        }
        CodedSet set = new CodedSet((int) count, bytes);
        return set.isWhole() ? new Reading.Good(set) : new Reading.Bad(SetFault.MALFORMED);
    }

    /** All quotients together are below the number of entries, so an entry takes at most 18 bits. */
    static long mostBytes(long count) {
        return (count * (P + 2) + Byte.SIZE - 1) / Byte.SIZE;
    }

    /** How many entries it has. */
    public int count() {
        return count;
    }

    /** As it is published. */
    public Opaque bytes() {
        return bytes;
    }

    /** Those of the given tags that are in the set, and with small chance one that is not. One pass over the set. */
    public Set<ListedTag> among(Collection<ListedTag> asked) {
        long range = range(count);
        ListedTag[] sorted = asked.stream().sorted().toArray(ListedTag[]::new);
        Set<ListedTag> found = new HashSet<>();
        BitReader in = new BitReader(bytes.shared());
        long value = 0;
        int next = 0;
        for (int i = 0; i < count && next < sorted.length; i++) {
            value += difference(in);
            while (next < sorted.length && value(sorted[next].bits(), range) <= value) {
                if (value(sorted[next].bits(), range) == value) {
                    found.add(sorted[next]);
                }
                next++;
            }
        }
        return found;
    }

    private boolean isWhole() {
        long range = range(count);
        BitReader in = new BitReader(bytes.shared());
        long value = 0;
        for (int i = 0; i < count; i++) {
            long difference = difference(in);
            value += difference;
            if (difference < 0 || value >= range) {
                return false;
            }
        }
        return in.left() < Byte.SIZE && in.bits((int) in.left()) == 0;
    }

    /** To the value before; negative if the bits end first. */
    private static long difference(BitReader in) {
        for (long quotient = 0; in.left() > P; quotient++) {
            if (in.bit() == 0) {
                return (quotient << P) | in.bits(P);
            }
        }
        return -1;
    }

    private static long range(int count) {
        return (long) count << P;
    }

    /** The upper half of the product; {@code range} has no sign, an entry may look as if it had one. */
    private static long value(long entry, long range) {
        return Math.multiplyHigh(entry, range) + ((entry >> (Long.SIZE - 1)) & range);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CodedSet that && count == that.count && bytes.equals(that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(new int[] {count, bytes.hashCode()});
    }

    @Override
    public String toString() {
        return "CodedSet[" + count + " entries]";
    }
}
