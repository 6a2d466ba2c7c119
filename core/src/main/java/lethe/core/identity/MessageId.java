package lethe.core.identity;

/**
 * Names one message, and so one envelope: 16 bytes, drawn by the sender's device at random, never from a clock, so that
 * it tells nothing.
 *
 * @param bytes 16 bytes
 */
public record MessageId(Opaque bytes) {
    public static final int LENGTH = 16;

    public MessageId {
        if (bytes.length() != LENGTH) {
            throw new IllegalArgumentException("a message id has " + LENGTH + " bytes");
        }
    }

    /**
     * From base64url text.
     *
     * @throws IllegalArgumentException if it is not the text of 16 bytes
     */
    public static MessageId fromText(String text) {
        return new MessageId(Opaque.fromText(text));
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
