package lethe.wire;

import org.jspecify.annotations.Nullable;

/**
 * What the bytes of a JSON record must be before they are parsed: UTF-8, and nothing that Jackson would guess otherwise
 * from.
 */
final class JsonProfile {
    private JsonProfile() {}

    /** What is wrong; null if nothing is. */
    static @Nullable String fault(byte[] bytes, int from, int length) {
        if (!Unicode.isUtf8(bytes, from, length)) {
            return "not UTF-8";
        }
        // Jackson takes a zero among the first four bytes, and a byte order mark, as a sign of another charset.
        for (int i = 0; i < Math.min(4, length); i++) {
            if (bytes[from + i] == 0 || bytes[from + i] == (byte) 0xef) {
                return "not plain UTF-8 JSON";
            }
        }
        return null;
    }
}
