package lethe.wire;

import org.jspecify.annotations.Nullable;

/**
 * The part of CBOR (RFC 8949) that Lethe speaks: unsigned integers, byte strings, texts, booleans, lists, and maps with
 * unsigned integer keys, all of stated length, nested {@value #DEPTH} deep at most, and nothing after the first item.
 *
 * <p>No tag, no float, no null, no indefinite length: a parser that knows them takes several forms for one frame, and
 * some that are no frame at all. One pass over the heads, without allocation; strings are stepped over.
 */
final class CborProfile {
    private static final int DEPTH = 5;

    private static final int UNSIGNED = 0;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int LIST = 4;
    private static final int MAP = 5;
    private static final int FALSE = 0xf4;
    private static final int TRUE = 0xf5;

    private final byte[] bytes;
    private final int end;
    private int at;

    private CborProfile(byte[] bytes, int from, int length) {
        this.bytes = bytes;
        this.at = from;
        this.end = from + length;
    }

    /** What is wrong; null if nothing is. */
    static @Nullable String fault(byte[] bytes, int from, int length) {
        CborProfile walk = new CborProfile(bytes, from, length);
        String fault = walk.item(DEPTH);
        if (fault == null && walk.at < walk.end) {
            return "something follows the end";
        }
        return fault;
    }

    private @Nullable String item(int depth) {
        if (at == end) {
            return "cut short";
        }
        int initial = bytes[at] & 0xff;
        if (initial == FALSE || initial == TRUE) {
            at++;
            return null;
        }
        int major = initial >> 5;
        if (major != UNSIGNED && (major < BYTES || major > MAP)) {
            return "CBOR that is not spoken here: a negative number, tag, float, null or simple value";
        }
        long argument = argument();
        if (argument < 0) {
            return "CBOR that is not spoken here: a length or number that is indefinite, too large or cut short";
        }
        return switch (major) {
            case BYTES -> step(argument, false);
            case TEXT -> step(argument, true);
            case LIST, MAP -> depth == 0 ? "nested too deep" : items(argument, major == MAP, depth - 1);
            default -> null;
        };
    }

    private @Nullable String items(long count, boolean map, int depth) {
        for (long i = 0; i < count; i++) {
            if (map && at < end && (bytes[at] & 0xff) >> 5 != UNSIGNED) {
                return "a map key that is not an unsigned integer";
            }
            String fault = map ? item(depth) : null;
            if (fault == null) {
                fault = item(depth);
            }
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private @Nullable String step(long length, boolean text) {
        if (length > end - at) {
            return "cut short";
        }
        int start = at;
        at += (int) length;
        return text && !Unicode.isUtf8(bytes, start, (int) length) ? "not UTF-8" : null;
    }

    /** The number in an item's head, with {@code at} moved behind it; negative if there is none that counts. */
    private long argument() {
        int low = bytes[at++] & 0x1f;
        if (low < 24) {
            return low;
        }
        if (low > 27) {
            return -1;
        }
        int width = 1 << (low - 24);
        if (width > end - at) {
            return -1;
        }
        long argument = 0;
        for (int i = 0; i < width; i++) {
            argument = (argument << 8) | (bytes[at++] & 0xff);
        }
        return argument;
    }
}
