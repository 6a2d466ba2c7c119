package lethe.device.registration;

import lethe.client.permit.HeldPermit;
import lethe.core.ownership.Ownership;
import lethe.core.ownership.OwnershipVerdict;
import lethe.core.protocol.Problem;

/** What came of submitting a code. */
public sealed interface Proof {
    /**
     * The verifier's word, checked: for this account key and this request, by the pinned verifier, in force.
     *
     * @param permit what taggers are to be shown; with a key that was drawn for it
     */
    record Given(Ownership ownership, HeldPermit permit) implements Proof {}

    /** The verifier refused. */
    record Refused(Problem problem) implements Proof {}

    /**
     * No verifier answered, or what answered is none.
     *
     * @param why for the owner; it names nobody
     */
    record Unreachable(String why) implements Proof {}

    /** What answered is not the pinned verifier, or answers something else than was asked. */
    record NotBelieved(OwnershipVerdict.Reason reason) implements Proof {}
}
