package lethe.oprf;

/** Why what taggers answered is not to be believed. */
public enum Fault {
    /** An answer has something in it that is no element, no key or no proof. */
    MALFORMED,
    /** An answer is of another version of the key. */
    OTHER_VERSION,
    /** The keys of those who answered do not add up to the one that is pinned. */
    OTHER_KEY,
    /** A proof does not hold, or is about more or fewer elements. */
    NOT_PROVEN
}
