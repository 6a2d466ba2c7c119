package lethe.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Base64url without padding (RFC 4648, section 5), in its one canonical form.
 *
 * <p>The decoders of the JDK and of Jackson take more than one text for the same bytes (padding, blanks, stray bits in
 * the last character); an address or an id must have one.
 */
final class Base64Url {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final byte[] SIX_BITS = new byte[128];

    static {
        Arrays.fill(SIX_BITS, (byte) -1);
        for (int i = 0; i < ALPHABET.length(); i++) {
            SIX_BITS[ALPHABET.charAt(i)] = (byte) i;
        }
    }

    private Base64Url() {}

    /** The bytes; null if the text is not canonical base64url. */
    static byte @Nullable [] decode(char[] text, int from, int length) {
        int rest = length % 4;
        if (rest == 1) {
            return null;
        }
        byte[] bytes = new byte[(int) (length * 3L / 4)];
        int bits = 0;
        int written = 0;
        for (int i = 0; i < length; i++) {
            char character = text[from + i];
            int six = character < 128 ? SIX_BITS[character] : -1;
            if (six < 0) {
                return null;
            }
            bits = (bits << 6) | six;
            if (i % 4 == 3) {
                bytes[written++] = (byte) (bits >> 16);
                bytes[written++] = (byte) (bits >> 8);
                bytes[written++] = (byte) bits;
            }
        }
        if (rest == 2) {
            bytes[written] = (byte) (bits >> 4);
            return (bits & 0xf) == 0 ? bytes : null;
        }
        if (rest == 3) {
            bytes[written++] = (byte) (bits >> 10);
            bytes[written] = (byte) (bits >> 2);
            return (bits & 0x3) == 0 ? bytes : null;
        }
        return bytes;
    }
}
