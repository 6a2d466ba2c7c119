package lethe.loadtest.envelopes;

import java.util.Locale;

/** What a malicious broker does to an envelope, or with it. */
enum Attack {
    /** One bit of it is another. */
    BIT_TURNED,
    /** Its end is missing: a few bytes, or down to a shorter bucket. */
    CUT,
    /** Something comes after its end: a few bytes, or up to a longer bucket. */
    EXTENDED,
    /** Two of its parts have changed places. */
    REORDERED,
    /** Its beginning is of one envelope, its end of another one, both for the same phone. */
    SPLICED,
    /** It is said to be sealed to another prekey of the phone. */
    OTHER_PREKEY,
    /** It is said to be sealed with the other suite, to a prekey of that. */
    OTHER_SUITE,
    /** It was opened before. */
    REPLAYED,
    /** Another phone gets it. */
    WRONG_RECIPIENT,
    /** The recipient's prekeys are at another address, as if a number had changed hands. */
    OTHER_ADDRESS,
    /** Whoever got it seals what its sender signed to somebody else. */
    RESEALED,
    /** Another account writes under the sender's address, which is pinned. */
    SUBSTITUTED_SENDER,
    /** The sender is given the broker's own prekey as the recipient's. */
    SUBSTITUTED_PREKEY;

    /** For a figure's name. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
