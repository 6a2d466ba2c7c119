package lethe.registrar.sms.centre;

import lethe.core.identity.Opaque;

/**
 * An SMS, or a part of one, that a centre for development was given. It prints neither number nor text.
 *
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

    @Override
    public String toString() {
        return "Received[***]";
    }
}
