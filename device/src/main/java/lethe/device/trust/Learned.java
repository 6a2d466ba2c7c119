package lethe.device.trust;

/** What comes of hearing from a broker whose account an address is, and which devices it has. */
public enum Learned {
    /** As it is pinned. */
    SAME,
    /** Nothing was known of the address; it is pinned now. */
    NEW,
    /** The account has signed a newer list; that one is pinned now. */
    NEWER_DEVICES,
    /**
     * Another account is at the address now, and pinned: its owner has a new phone, or somebody else has the address.
     * To be shown.
     */
    ACCOUNT_CHANGED,
    /**
     * Another account is said to be at the address, whose owner this phone's owner had verified. Nothing is sent until
     * {@link TrustBook#accept} or {@link TrustBook#verify}.
     */
    ACCOUNT_CHANGED_HELD,
    /** A list from before the one that is pinned, of this account or of one that had the address earlier. */
    OLDER_LIST,
    /** The account signed two lists with one version: the other one is pinned. */
    TWO_LISTS,
    /** The account that is shown did not sign the list for this address. */
    FORGED,
    /** There is no room for another address: all that are known are verified. */
    FULL;

    /** Whether what was shown is what is pinned now: letters may be sealed to it, unless the address is held. */
    public boolean isPinned() {
        return switch (this) {
            case SAME, NEW, NEWER_DEVICES, ACCOUNT_CHANGED -> true;
            case ACCOUNT_CHANGED_HELD, OLDER_LIST, TWO_LISTS, FORGED, FULL -> false;
        };
    }
}
