package lethe.loadtest.sms;

import java.util.Locale;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;
import lethe.device.sms.SmsCopy;
import lethe.loadtest.phone.Body;

/**
 * What is written, and the number that it goes to as an SMS: each to one of its own, by which an SMS is known. Country
 * code 999 is nobody's (ITU-T E.164.1).
 *
 * @param index counts the letters of a run
 */
record Letter(int index) {
    /** Enough for more than one part. */
    private static final int LONGEST = 350;

    /** Each in another hundred: a gateway suspects neighbours. */
    String number() {
        return String.format(Locale.ROOT, "+999%07d00", index);
    }

    /** No other letter says it. */
    String text() {
        return "letter " + index + " " + "x".repeat(index * 7 % LONGEST);
    }

    Opaque body() {
        return Body.of(text());
    }

    SmsCopy sms() {
        return new SmsCopy(PlainIdentifier.of(PlainIdentifier.Kind.NUMBER, number()), text());
    }
}
