package lethe.broker.edge.websocket;

/**
 * Checks UTF-8 (RFC 3629) as it arrives: no overlong forms, no surrogates, nothing above U+10FFFF.
 *
 * <p>Works across fragment borders, so that a bad text is refused at its first bad byte.
 */
final class Utf8Check {
    private int missing;
    private int lowest = 0x80;
    private int highest = 0xBF;

    /** Whether the text so far, with these bytes, can still become UTF-8. */
    boolean accepts(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            int value = bytes[i] & 0xFF;
            if (missing == 0 ? !accepted(value) : !continued(value)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the text may end here: not in the middle of a character. */
    boolean complete() {
        return missing == 0;
    }

    private boolean continued(int value) {
        if (value < lowest || value > highest) {
            return false;
        }
        lowest = 0x80;
        highest = 0xBF;
        missing--;
        return true;
    }

    private boolean accepted(int value) {
        if (value < 0x80) {
            return true;
        }
        if (value < 0xC2 || value > 0xF4) {
            return false;
        }
        missing = value < 0xE0 ? 1 : value < 0xF0 ? 2 : 3;
        // Only the byte after these four may not be any continuation byte (RFC 3629, section 4).
        if (value == 0xE0) {
            lowest = 0xA0;
        } else if (value == 0xED) {
            highest = 0x9F;
        } else if (value == 0xF0) {
            lowest = 0x90;
        } else if (value == 0xF4) {
            highest = 0x8F;
        }
        return true;
    }
}
