package lethe.broker.edge.signature;

/** Reads a structured field (RFC 8941) from left to right. A wrong character ends the reading. */
final class FieldCursor {
    /** The field is not what the profile allows. Stays inside this package. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String what) {
            super(what, null, false, false);
        }
    }

    private final String text;
    private int position;

    FieldCursor(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return position == text.length();
    }

    boolean sees(char expected) {
        return position < text.length() && text.charAt(position) == expected;
    }

    boolean took(char expected) {
        if (!sees(expected)) {
            return false;
        }
        position++;
        return true;
    }

    void take(char expected) throws Malformed {
        if (!took(expected)) {
            throw new Malformed("a signature field is not well-formed");
        }
    }

    /** A key: lower-case letters, digits and {@code _ - . *}, not starting with a digit. */
    String key() throws Malformed {
        int start = position;
        while (position < text.length() && isKeyCharacter(text.charAt(position))) {
            position++;
        }
        if (start == position || Character.isDigit(text.charAt(start))) {
            throw new Malformed("a signature field lacks a key");
        }
        return text.substring(start, position);
    }

    /** A string without escapes: none of the profile's values needs one. */
    String quoted() throws Malformed {
        take('"');
        return until('"');
    }

    /** The text of a byte sequence, without its colons. */
    String byteSequence() throws Malformed {
        take(':');
        return until(':');
    }

    /** A non-negative integer of at most 15 digits. */
    long integer() throws Malformed {
        int start = position;
        while (position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9') {
            position++;
        }
        if (start == position || position - start > 15) {
            throw new Malformed("a signature field lacks a number");
        }
        return Long.parseLong(text.substring(start, position));
    }

    private String until(char end) throws Malformed {
        int start = position;
        while (position < text.length() && text.charAt(position) != end) {
            char character = text.charAt(position++);
            if (character < 0x20 || character > 0x7E || character == '\\') {
                throw new Malformed("a signature field has a character that the profile does not use");
            }
        }
        int last = position;
        take(end);
        return text.substring(start, last);
    }

    private static boolean isKeyCharacter(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= '0' && character <= '9')
                || "_-.*".indexOf(character) >= 0;
    }
}
