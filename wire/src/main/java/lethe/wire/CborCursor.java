package lethe.wire;

import java.util.Arrays;
import lethe.core.identity.Opaque;
import org.jspecify.annotations.Nullable;

/**
 * Reads CBOR items in the order in which they are expected.
 *
 * <p>At the first one that is something else it gives up for good and answers nothing useful any more: whoever reads
 * asks {@link #isWhole} once, at the end. Whether the bytes are wrong or only unusual is for others to say.
 */
final class CborCursor {
    private static final int UNSIGNED = 0;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int LIST = 4;
    private static final int MAP = 5;
    /** The largest argument that stands in the head's first byte. */
    private static final int SHORT = 23;

    private final byte[] bytes;
    private final int end;
    private int at;
    private boolean lost;

    CborCursor(byte[] bytes, int from, int length) {
        this.bytes = bytes;
        this.at = from;
        this.end = from + length;
    }

    /** Whether all was as expected, up to the last byte. */
    boolean isWhole() {
        return !lost && at == end;
    }

    boolean isLost() {
        return lost;
    }

    private long lost() {
        lost = true;
        return 0;
    }

    /** How many entries a map has. */
    int map() {
        return count(MAP);
    }

    /** How many items a list has, at most {@link Formats#MAX_ITEMS}. */
    int list() {
        return count(LIST);
    }

    private int count(int major) {
        long count = head(major);
        return (int) (count <= Formats.MAX_ITEMS ? count : lost());
    }

    /** A number below 24, as keys are. */
    int key() {
        if (lost || at == end || bytes[at] < 0 || bytes[at] > SHORT) {
            return (int) lost();
        }
        return bytes[at++];
    }

    /** A number up to {@link Formats#MAX_NUMBER}. */
    long number() {
        long number = head(UNSIGNED);
        return number <= Formats.MAX_NUMBER ? number : lost();
    }

    /** A byte string, copied. */
    Opaque bytes() {
        return copy(head(BYTES));
    }

    /** A byte string of this length, copied. */
    @Nullable
    Opaque bytes(int length) {
        if (head(BYTES) != length) {
            lost();
            return null;
        }
        return copy(length);
    }

    private Opaque copy(long length) {
        if (length > end - at) {
            lost = true;
            return Opaque.empty();
        }
        int start = at;
        at += (int) length;
        return Opaque.wrap(Arrays.copyOfRange(bytes, start, at));
    }

    /** One of some words. */
    <E extends Enum<E>> @Nullable E word(Words<E> words) {
        long length = head(TEXT);
        if (lost || length > end - at) {
            lost();
            return null;
        }
        int start = at;
        at += (int) length;
        E value = words.find(bytes, start, at);
        lost |= value == null;
        return value;
    }

    /** The argument of an item of this type; never negative. */
    private long head(int major) {
        if (lost || at == end || (bytes[at] & 0xff) >> 5 != major) {
            return lost();
        }
        int low = bytes[at++] & 0x1f;
        if (low <= SHORT) {
            return low;
        }
        int width = 1 << (low - 24);
        if (low > 27 || width > end - at) {
            return lost();
        }
        long argument = 0;
        for (int i = 0; i < width; i++) {
            argument = (argument << 8) | (bytes[at++] & 0xff);
        }
        return argument < 0 ? lost() : argument;
    }
}
