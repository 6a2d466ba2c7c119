package lethe.core.permit;

import lethe.core.identity.Opaque;

/** What a {@link Permission} is worth. */
public sealed interface PermissionVerdict {
    /**
     * It holds, for this batch, now.
     *
     * @param pseudonym under which it is to be counted
     * @param ofVerifier whether a verifier asks for itself: one that could permit itself as much as it likes
     */
    record Holds(Opaque pseudonym, boolean ofVerifier) implements PermissionVerdict {
        @Override
        public String toString() {
            return "Holds[***]";
        }
    }

    /** It is worth nothing. */
    record Refused(Reason reason) implements PermissionVerdict {}

    /** Why. */
    enum Reason {
        /** No verifier that counts signed the permit, or its key did not sign this batch. */
        FORGED,
        /** The permit's time is over. */
        EXPIRED,
        /** It was made at another time than now, or one of the clocks is wrong. */
        OTHER_TIME
    }
}
