package lethe.device.letters;

/** Why there is no envelope for a device. */
public enum LeftOut {
    /**
     * The broker gave no prekey of it: it has none left of the suites that were asked for, or cannot open envelopes.
     */
    NO_PREKEY,
    /** The broker gave several prekeys of it. */
    SEVERAL_PREKEYS,
    /** The device did not sign the prekey for this address, or it is not what the broker says it is. */
    FORGED,
    /** The prekey is too old to be sealed to. */
    EXPIRED,
    /** The device published a key with which nothing can be agreed on. */
    NO_KEY,
    /** The letter does not fit into the largest envelope. */
    TOO_LARGE,
    /** The account has no such device any more. */
    NOT_LISTED
}
