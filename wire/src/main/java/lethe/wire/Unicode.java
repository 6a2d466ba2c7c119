package lethe.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Whether bytes and texts are what RFC 3629 calls UTF-8. Jackson lets overlong forms and lone surrogates pass. */
final class Unicode {
    private Unicode() {}

    static boolean isUtf8(byte[] bytes, int from, int length) {
        int end = from + length;
        int at = from;
        while (at < end && bytes[at] >= 0) {
            at++;
        }
        if (at == end) {
            return true;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, end - at));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Whether the text has no half of a surrogate pair alone, as JSON's escapes can make. */
    static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (Character.isSurrogate(character)) {
                if (Character.isLowSurrogate(character)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
