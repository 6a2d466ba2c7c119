package lethe.device.sms;

import lethe.client.sealing.SmsWording;
import lethe.core.identity.PlainIdentifier;

/**
 * A message as it would go out by SMS. It stays on the phone, unless it is sealed to a gateway.
 *
 * @param number of the recipient
 * @param wording in clear; a notice is for a gateway only
 */
public record SmsCopy(PlainIdentifier number, SmsWording wording) {
    /** As many SMS a gateway may make of one. */
    public static final int MOST_PARTS = 6;

    public SmsCopy {
        if (number.kind() != PlainIdentifier.Kind.NUMBER) {
            throw new IllegalArgumentException("an SMS goes to a number");
        }
    }

    /**
     * What the sender wants said.
     *
     * @param text not empty
     */
    public SmsCopy(PlainIdentifier number, String text) {
        this(number, new SmsWording.Text(text));
    }

    /**
     * That there is a message, and nothing of it, in the gateway's words.
     *
     * @param language of BCP 47, for example {@code de} or {@code pt-BR}
     */
    public static SmsCopy notice(PlainIdentifier number, String language) {
        return new SmsCopy(number, new SmsWording.Notice(language));
    }

    /**
     * What a modem sends.
     *
     * @throws IllegalStateException if it is a notice: no modem gets one
     */
    public String text() {
        if (wording instanceof SmsWording.Text text) {
            return text.text();
        }
        throw new IllegalStateException("a notice is in the gateway's words");
    }

    /** The same, by which the recipient's phone knows for which letter it stands. */
    public SmsCopy standingFor(ShortTag letter) {
        SmsWording tagged = wording instanceof SmsWording.Notice notice
                ? new SmsWording.Notice(notice.language(), letter.text())
                : new SmsWording.Text(letter.after(text()));
        return new SmsCopy(number, tagged);
    }

    @Override
    public String toString() {
        return "SmsCopy[***]";
    }
}
