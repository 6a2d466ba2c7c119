package lethe.core.identity;

import java.util.Arrays;
import java.util.Base64;

/**
 * Bytes that Lethe carries or compares and never looks into: ciphertext, keys, signatures, nonces.
 *
 * <p>Immutable, equal by value. Prints its length only.
 */
public final class Opaque {
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();
    private static final Opaque EMPTY = new Opaque(new byte[0]);

    private final byte[] bytes;

    private Opaque(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Opaque empty() {
        return EMPTY;
    }

    /** Copies the bytes. */
    public static Opaque copyOf(byte[] bytes) {
        return new Opaque(bytes.clone());
    }

    /** Takes the array itself; the caller gives it up. For the codec, where a copy per message would cost. */
    public static Opaque wrap(byte[] bytes) {
        return new Opaque(bytes);
    }

    /**
     * From base64url text without padding (RFC 4648, section 5), in its one canonical form.
     *
     * @throws IllegalArgumentException if the text is not that; the message does not quote it
     */
    public static Opaque fromText(String text) {
        byte[] bytes = decode(text);
        if (!encode(bytes).equals(text)) {
            throw new IllegalArgumentException("not base64url");
        }
        return new Opaque(bytes);
    }

    private static byte[] decode(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not base64url");
        }
    }

    private static String encode(byte[] bytes) {
        return TEXT.encodeToString(bytes);
    }

    public int length() {
        return bytes.length;
    }

    public byte[] toBytes() {
        return bytes.clone();
    }

    /** The array itself, for writing it out. The caller must not change it. */
    public byte[] shared() {
        return bytes;
    }

    /** Base64url without padding. */
    public String toText() {
        return encode(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Opaque that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Opaque[" + bytes.length + " bytes]";
    }
}
