package lethe.device.store;

/** By which a phone's files are opened. */
public sealed interface VaultKey permits VaultKey.None, VaultKey.OfPlatform, Passphrase {
    /** None: the files are in clear. */
    static VaultKey none() {
        return None.IN_CLEAR;
    }

    /** The files are in clear. */
    enum None implements VaultKey {
        IN_CLEAR
    }

    /** A key that the platform keeps. */
    record OfPlatform(PlatformKey key) implements VaultKey {
        @Override
        public String toString() {
            return "OfPlatform[***]";
        }
    }
}
