package lethe.device.store;

/** Why a phone's files are not opened. */
public enum StoreRefusal {
    /** A process has the phone, or a line of it, open. */
    IN_USE,
    /** The phone is encrypted under a passphrase, and none was given. */
    NEEDS_PASSPHRASE,
    /** The phone is encrypted under a key of the platform, and none was given. */
    NEEDS_PLATFORM_KEY,
    /** The passphrase, or the platform's key, is another one. */
    WRONG_KEY,
    /** A key was given, and the phone is not encrypted. */
    NOT_ENCRYPTED
}
