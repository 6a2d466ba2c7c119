package lethe.core.identity;

import com.google.errorprone.annotations.RestrictedApi;

/**
 * A phone number, IMSI or IMEI in clear. It stays on the device that owns it and cannot be printed.
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
    private final String value;

    private PlainIdentifier(Kind kind, String value) {
        this.kind = kind;
        this.value = value;
    }

    /**
     * An identifier of the given kind.
     *
     * @throws IllegalArgumentException if the value does not have the kind's form; the message does not quote it
     */
    public static PlainIdentifier of(Kind kind, String value) {
        if (!value.matches(kind.form)) {
            throw new IllegalArgumentException("not a well-formed " + kind);
        }
        return new PlainIdentifier(kind, value);
    }

    public Kind kind() {
        return kind;
    }

    /** The digits themselves, for callers marked {@link RevealsIdentifiers}. */
    @RestrictedApi(
            explanation = "an identifier in clear leaves its owner only where a marked caller needs it",
            allowlistAnnotations = RevealsIdentifiers.class)
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PlainIdentifier that && kind == that.kind && value.equals(that.value);
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
