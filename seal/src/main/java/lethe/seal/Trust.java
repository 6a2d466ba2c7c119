package lethe.seal;

/** What is found of a device's certificate. */
public sealed interface Trust {
    /** The account vouches for the device, and nothing that is known of the address speaks against it. */
    record Trusted(Acquaintance acquaintance) implements Trust {}

    /** Nothing is sealed to the device, and nothing opened that comes from it. */
    record Distrusted(Reason reason) implements Trust {}

    /** How well an address is known. */
    enum Acquaintance {
        /**
         * Nothing is pinned. That the address is the account's is its own word so far: before it is pinned, the account
         * of the address is to be asked for.
         */
        STRANGER,
        KNOWN,
        /** The list is newer than the one that is pinned, and takes its place. */
        NEWER_DEVICES
    }

    /** What speaks against a device. */
    enum Reason {
        /** The account's key did not sign this list for this address. */
        FORGED_LIST,
        /** Another account key is pinned for the address. */
        OTHER_ACCOUNT,
        /** A newer list is pinned, and the device is not on it any more. */
        REMOVED_DEVICE,
        /** The account signed two lists with one version: the other one is pinned. */
        TWO_LISTS
    }
}
