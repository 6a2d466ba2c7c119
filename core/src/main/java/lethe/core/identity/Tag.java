package lethe.core.identity;

/**
 * The pseudonymous address of a subscriber: 32 bytes, an RFC 9497 VOPRF of the E.164 number.
 *
 * <p>Whoever holds a tag can send to it, so it never reaches a log, a metric, a trace or a table: it does not print.
 *
 * @param bytes 32 bytes
 */
public record Tag(Opaque bytes) {
    public static final int LENGTH = 32;

    public Tag {
        if (bytes.length() != LENGTH) {
            throw new IllegalArgumentException("a tag has " + LENGTH + " bytes");
        }
    }

    /**
     * From base64url text.
     *
     * @throws IllegalArgumentException if it is not the text of 32 bytes
     */
    public static Tag fromText(String text) {
        return new Tag(Opaque.fromText(text));
    }

    /** Base64url, 43 characters: for the wire and for people who exchange addresses. */
    public String toText() {
        return bytes.toText();
    }

    @Override
    public String toString() {
        return "Tag[***]";
    }
}
