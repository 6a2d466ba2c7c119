package lethe.broker.sms;

import java.util.Locale;

/** What came of putting an SMS, for operators. */
public enum PutOutcome {
    TAKEN,
    REFUSED,
    /** The gateway says: later. */
    BUSY,
    /** The gateway could not be reached, or was not tried because of that a moment before. */
    AWAY,
    /** It was not sent to the gateway: too many others were, or waited. */
    HELD_BACK,
    /** Nobody knows. */
    UNANSWERED;

    /** As a label. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
