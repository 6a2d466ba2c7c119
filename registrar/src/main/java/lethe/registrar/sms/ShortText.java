package lethe.registrar.sms;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import lethe.core.identity.Opaque;

/**
 * A text that one SMS holds, as the centre is given it. It does not print.
 *
 * @param bytes ASCII where that and the GSM 7-bit alphabet have the same characters in the same places, else UCS-2
 * @param coding the data coding of SMPP 3.4, section 5.2.19
 */
public record ShortText(Opaque bytes, Coding coding) {
    /** How the bytes are to be read. */
    public enum Coding {
        /** The centre's default alphabet: here, only what every default alphabet has. */
        DEFAULT,
        /** UTF-16, big-endian, which handsets take for UCS-2. */
        UCS2
    }

    /** Characters of the GSM 7-bit default alphabet (3GPP TS 23.038, section 6.2.1) that are ASCII's too. */
    private static final String COMMON = "[A-Za-z0-9 !\"#%&'()*+,\\-./:;<=>?\\n\\r]*";

    private static final int SEPTETS = 160;
    private static final int OCTETS = 140;

    /** The text in the shorter coding that holds it; empty if one SMS does not. */
    public static Optional<ShortText> of(String text) {
        if (text.matches(COMMON)) {
            return text.length() > SEPTETS
                    ? Optional.empty()
                    : Optional.of(new ShortText(Opaque.wrap(text.getBytes(StandardCharsets.US_ASCII)), Coding.DEFAULT));
        }
        byte[] wide = text.getBytes(StandardCharsets.UTF_16BE);
        return wide.length > OCTETS ? Optional.empty() : Optional.of(new ShortText(Opaque.wrap(wide), Coding.UCS2));
    }

    @Override
    public String toString() {
        return "ShortText[***]";
    }
}
