package lethe.core.identity;

/**
 * Names one live connection of a device: 16 bytes, drawn by the broker at random.
 *
 * @param bytes 16 bytes
 */
public record SessionId(Opaque bytes) {
    public static final int LENGTH = 16;

    public SessionId {
        if (bytes.length() != LENGTH) {
            throw new IllegalArgumentException("a session id has " + LENGTH + " bytes");
        }
    }

    /**
     * From base64url text.
     *
     * @throws IllegalArgumentException if it is not the text of 16 bytes
     */
    public static SessionId fromText(String text) {
        return new SessionId(Opaque.fromText(text));
    }

    /** Base64url, 22 characters. */
    public String toText() {
        return bytes.toText();
    }

    @Override
    public String toString() {
        return toText();
    }
}
