package lethe.core.identity;

import com.google.errorprone.annotations.RestrictedApi;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A phone number, IMSI or IMEI in clear. It stays on the device that owns it, but for a number that is proven to a
 * verifier, and cannot be printed.
 *
 * <p>Equality is by value; there is no hash code worth leaking, so it is constant per kind.
 */
public final class PlainIdentifier {
    /** What is identified, with its check: E.164 number (ITU-T), IMSI (3GPP TS 23.003, 2.2), IMEI (6.2). */
    public enum Kind {
        NUMBER("\\+[1-9][0-9]{6,14}"),
        IMSI("[0-9]{14,15}"),
        IMEI("[0-9]{15}");

        private final String form;

        Kind(String form) {
            this.form = form;
        }
    }

    private final Kind kind;
    private final char[] value;

    private PlainIdentifier(Kind kind, char[] value) {
        this.kind = kind;
        this.value = value;
    }

    /**
     * An identifier of the given kind.
     *
     * @throws IllegalArgumentException if the value does not have the kind's form; the message does not quote it
     */
    public static PlainIdentifier of(Kind kind, String value) {
        return of(kind, value.toCharArray());
    }

    /**
     * An identifier of the given kind, which takes the array itself: whoever can do without strings leaves none behind.
     *
     * @throws IllegalArgumentException if the value does not have the kind's form; the message does not quote it
     */
    public static PlainIdentifier of(Kind kind, char[] value) {
        if (!Pattern.matches(kind.form, CharBuffer.wrap(value))) {
            throw new IllegalArgumentException("not a well-formed " + kind);
        }
        return new PlainIdentifier(kind, value);
    }

    /** The same, to be wiped apart. */
    public PlainIdentifier copy() {
        return new PlainIdentifier(kind, value.clone());
    }

    /** Overwrites it. It identifies nobody from then on. */
    public void wipe() {
        Arrays.fill(value, '0');
    }

    public Kind kind() {
        return kind;
    }

    /** The digits themselves, for callers marked {@link RevealsIdentifiers}. */
    @RestrictedApi(
            explanation = "an identifier in clear leaves its owner only where a marked caller needs it",
            allowlistAnnotations = RevealsIdentifiers.class)
    public String reveal() {
        return new String(value);
    }

    /** The digits themselves as ASCII, for callers marked {@link RevealsIdentifiers} that wipe what they were given. */
    @RestrictedApi(
            explanation = "an identifier in clear leaves its owner only where a marked caller needs it",
            allowlistAnnotations = RevealsIdentifiers.class)
    public byte[] revealBytes() {
        byte[] bytes = new byte[value.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) value[i];
        }
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PlainIdentifier that && kind == that.kind && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return kind.hashCode();
    }

    @Override
    public String toString() {
        return kind + "[***]";
    }
}
