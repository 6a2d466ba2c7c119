package lethe.registrar.sms;

import java.util.Optional;
import lethe.core.identity.Opaque;
import lethe.registrar.text.Alphabet;
import lethe.registrar.text.Coding;
import lethe.registrar.text.Joining;
import lethe.registrar.text.SmsText;

/**
 * A text that one SMS holds, as the centre is given it. It does not print.
 *
 * @param bytes in the characters that all default alphabets have in common, else UCS-2
 * @param coding the data coding of SMPP 3.4, section 5.2.19
 */
public record ShortText(Opaque bytes, Coding coding) {
    /** The text in the shorter coding that holds it; empty if one SMS does not. */
    public static Optional<ShortText> of(String text) {
        return SmsText.of(text, Alphabet.COMMON, Joining.BY_CENTRE, 1) instanceof SmsText.Parts one
                ? Optional.of(new ShortText(one.parts().get(0), one.coding()))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "ShortText[***]";
    }
}
