package lethe.loadtest.simulation;

/** A defect that is built in on purpose, to show that a run finds it. */
public enum Plant {
    /** None: Lethe as it is. */
    NONE,
    /** The store does not ask whether a later incarnation exists: whoever writes is believed. */
    NO_FENCE,
    /** A subscriber says held when it has begun to save, not when it has saved. */
    HELD_BEFORE_SAVED,
    /** A subscriber takes a message whether it knows the one before or not. */
    ANY_PREDECESSOR,
    /** A subscriber forgets the end of a live message that an SMS hangs on, as it may those of others. */
    FLEETING_VERDICT,
    /** A phone sends again under another id. */
    OTHER_ID,
    /** A phone acknowledges what it has not written yet. */
    ACKNOWLEDGED_BEFORE_WRITTEN,
    /** A phone begins each life with an empty memory of what it has received. */
    FORGETFUL_INBOX,
    /** A phone gives an SMS to the modem before it has written that it does. */
    UNWRITTEN_SMS,
    /** A phone goes on listening after its owner has opted out, and its subscriber goes on talking. */
    DEAF_TO_OPT_OUT
}
