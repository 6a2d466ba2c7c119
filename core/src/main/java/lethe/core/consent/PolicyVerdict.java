package lethe.core.consent;

/** What a {@link SignedPolicy} is worth. */
public enum PolicyVerdict {
    GOOD,
    /** Its text is longer than {@link SignedPolicy#MOST_BYTES}. */
    TOO_LARGE,
    /** Its text is not the one that was signed. */
    OTHER_TEXT,
    /** The operator did not sign it, or not with this epoch, text and time. */
    FORGED
}
