package lethe.registrar.sms.centre;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import lethe.core.identity.Opaque;

/**
 * An SMS, or a part of one, that a centre for development was given. It prints neither number nor text.
 *
 * @param id by which the centre calls it in its answer; empty if it did not take it
 * @param number with a plus sign
 * @param message as it came, with its header if it has one
 * @param payload of the parameter of that name; empty if there is none
 * @param coding of SMPP 3.4, section 5.2.19
 * @param hasHeader whether the message begins with one
 * @param reference of the parameters that join parts; -1 if there are none
 * @param place as they have it
 * @param count as they have it
 * @param validity as it came
 * @param taken whether the centre took it
 */
public record Received(
        String id,
        String number,
        Opaque message,
        Opaque payload,
        int coding,
        boolean hasHeader,
        int reference,
        int place,
        int count,
        String validity,
        boolean taken) {
    private static final int UCS2 = 8;
    private static final int SHOWN_FIRST = 3;
    private static final int SHOWN_LAST = 2;

    /** The number with all but its ends hidden. */
    public String masked() {
        int hidden = number.length() - SHOWN_FIRST - SHOWN_LAST;
        return hidden <= 0
                ? "*"
                : number.substring(0, SHOWN_FIRST)
                        + "*".repeat(hidden)
                        + number.substring(number.length() - SHOWN_LAST);
    }

    /** What it says, in clear; of GSM 03.38, letters, digits and what else Latin 1 has in the same places. */
    public String text() {
        Charset charset = coding == UCS2 ? StandardCharsets.UTF_16BE : StandardCharsets.ISO_8859_1;
        byte[] bytes = (payload.length() > 0 ? payload : message).shared();
        int from = header();
        return new String(bytes, from, bytes.length - from, charset);
    }

    /** How many octets before the text tell how parts are joined (3GPP TS 23.040, section 9.2.3.24). */
    private int header() {
        byte[] bytes = message.shared();
        return hasHeader && payload.length() == 0 && bytes.length > 0
                ? Math.min(bytes.length, (bytes[0] & 0xff) + 1)
                : 0;
    }

    /** Which part of its SMS it is, from 1. */
    public int part() {
        int header = header();
        return header > 1 ? message.shared()[header - 1] & 0xff : Math.max(1, place);
    }

    /** How many parts its SMS has. */
    public int parts() {
        int header = header();
        return header > 2 ? message.shared()[header - 2] & 0xff : Math.max(1, count);
    }

    @Override
    public String toString() {
        return "Received[***]";
    }
}
