package lethe.core.lookup;

/** Why a set is not used. */
public enum SetFault {
    /** The pinned key did not sign it, or not with these fields. */
    FORGED,
    /** Its time is over: whoever serves it has no newer one, or keeps it back. */
    STALE,
    /** It is older than one that was seen before. */
    DOWNGRADED,
    /** It has more entries or bytes than a set may have. */
    OVERSIZED,
    /** It ends too early, goes on after its end, or says what no set says. */
    MALFORMED
}
