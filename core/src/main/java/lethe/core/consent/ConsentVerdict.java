package lethe.core.consent;

/** What a policy says to an offered consent. */
public enum ConsentVerdict {
    GOOD,
    /** It accepts a policy that is no longer in force. */
    STALE_EPOCH,
    /** It accepts a policy that does not exist yet. */
    UNKNOWN_EPOCH,
    /** It accepts another text under this epoch. */
    OTHER_TEXT,
    /** It leaves out {@link Scope#IP}. */
    NOTHING_GRANTED
}
