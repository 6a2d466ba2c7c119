package lethe.registrar.sms;

import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.TypeOfNumber;

/** Whom an SMS is from, as SMPP 3.4, section 5.2.5 and the one after it have it. */
record Source(String address, TypeOfNumber type, NumberingPlanIndicator plan) {
    /** Of a short code, a number with a plus sign, or a name. */
    static Source of(String text) {
        if (text.matches("\\+[0-9]+")) {
            return new Source(text.substring(1), TypeOfNumber.INTERNATIONAL, NumberingPlanIndicator.ISDN);
        }
        return text.matches("[0-9]+")
                ? new Source(text, TypeOfNumber.NETWORK_SPECIFIC, NumberingPlanIndicator.ISDN)
                : new Source(text, TypeOfNumber.ALPHANUMERIC, NumberingPlanIndicator.UNKNOWN);
    }
}
