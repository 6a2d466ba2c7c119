package lethe.core.identity;

/**
 * Names one phone or browser of a subscriber: 16 bytes, drawn by the device at random.
 *
 * @param bytes 16 bytes
 */
public record DeviceId(Opaque bytes) {
    public static final int LENGTH = 16;

    public DeviceId {
        if (bytes.length() != LENGTH) {
            throw new IllegalArgumentException("a device id has " + LENGTH + " bytes");
        }
    }

    /**
     * From base64url text.
     *
     * @throws IllegalArgumentException if it is not the text of 16 bytes
     */
    public static DeviceId fromText(String text) {
        return new DeviceId(Opaque.fromText(text));
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
