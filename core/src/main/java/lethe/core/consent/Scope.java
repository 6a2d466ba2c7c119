package lethe.core.consent;

/** One thing that a subscriber may agree to. No scope implies another. */
public enum Scope {
    /** Messages over IP. Without it there is no service. */
    IP,
    /** The sender's own phone may turn an undelivered message into an SMS. */
    SMS_DEVICE,
    /** The gateway may turn an undelivered message into an SMS. */
    SMS_GATEWAY,
    /** Alerts such as earthquake warnings. */
    ALERTS,
    /** Empty wake-up pushes. */
    WAKE,
    /**
     * The tag is listed: whoever has it, because the number is in a phone's contacts, learns that it can be reached.
     */
    DISCOVERABLE
}
