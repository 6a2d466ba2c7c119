package lethe.device.sms;

import java.util.Locale;

/** What became of an SMS, as far as the phone can know. */
public enum SmsResult {
    /** The modem gave it to the network. */
    SENT,
    /** The modem did not give it to the network. */
    FAILED,
    /** The phone died, or the modem fell silent, in between. It is not sent again: that could make two. */
    UNKNOWN;

    /** The word for it, for example {@code sms_sent}. */
    public String word() {
        return "sms_" + name().toLowerCase(Locale.ROOT);
    }
}
