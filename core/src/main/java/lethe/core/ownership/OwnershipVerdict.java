package lethe.core.ownership;

import lethe.core.identity.DeviceKey;
import lethe.core.identity.Tag;

/** What an {@link Ownership} is worth. */
public sealed interface OwnershipVerdict {
    /** The number behind the tag belongs to whoever holds the account key. */
    record Holds(Tag tag, DeviceKey account) implements OwnershipVerdict {}

    /** It is worth nothing. */
    record Refused(Reason reason) implements OwnershipVerdict {}

    /** Why. */
    enum Reason {
        /** This verifier did not sign it, or not with these fields. */
        FORGED,
        /** Its time is over. */
        EXPIRED,
        /** It answers another question. */
        OTHER_NONCE,
        /** It is about another account. */
        OTHER_ACCOUNT
    }
}
