package lethe.device.files;

/** How the receiving of a file ended. */
public enum IncomingOutcome {
    /** It is there, and is what its sender signed. */
    COMPLETE,
    /** Its sender has not sent anything for long. What is there stays there: it may be begun anew. */
    GONE,
    /** All chunks came, and are not the file that its sender signed. */
    DAMAGED,
    /** Its owner does not want it. */
    CANCELLED,
    /** This phone cannot write it. What is there stays there. */
    UNSTORABLE;

    /** Whether what is there of it is worth nothing. */
    public boolean discards() {
        return this == DAMAGED || this == CANCELLED;
    }
}
