package lethe.loadtest.sms;

import java.util.Locale;
import lethe.core.fallback.Fallback;
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
    /** With which each begins. */
    static final String WORD = "letter";

    /** Enough for more than one part. */
    private static final int LONGEST = 350;

    private static final String LANGUAGE = "en";

    /** Each in another hundred: a gateway suspects neighbours. */
    String number() {
        return String.format(Locale.ROOT, "+999%07d00", index);
    }

    /** No other letter says it. */
    String text() {
        return WORD + " " + index + " " + "x".repeat(index * 7 % LONGEST);
    }

    Opaque body() {
        return Body.of(text());
    }

    /** As it becomes an SMS. */
    SmsCopy sms(Fallback mode) {
        PlainIdentifier to = PlainIdentifier.of(PlainIdentifier.Kind.NUMBER, number());
        return mode == Fallback.NOTICE ? SmsCopy.notice(to, LANGUAGE) : new SmsCopy(to, text());
    }
}
