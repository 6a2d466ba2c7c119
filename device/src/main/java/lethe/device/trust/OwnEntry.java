package lethe.device.trust;

import lethe.core.account.Device;
import lethe.core.account.DeviceList;
import lethe.core.identity.Tag;
import lethe.seal.Pin;
import lethe.seal.crypto.Signatures;
import org.jspecify.annotations.Nullable;

/** What a phone finds of its own account's entry at a broker: others seal to whatever stands there. */
public enum OwnEntry {
    /** As this phone knows it. */
    FINE,
    /** Another device of the account has signed a newer list, with this phone on it: it is to be taken. */
    NEWER,
    /** The account that is shown did not sign the list. */
    FORGED,
    /** Another account stands at this phone's address. */
    OTHER_ACCOUNT,
    /** The account's list does not have this phone with its key: it was removed, or others do not seal to it. */
    DEVICE_MISSING,
    /** A list from before the one that this phone knows: devices that were added do not get anything. */
    OLDER_LIST,
    /** Another list than the one that this phone knows under this version. */
    TWO_LISTS;

    /**
     * Judges what a broker shows.
     *
     * @param own the phone's address
     * @param self the phone, with its key
     * @param known of the own account; null on a phone that was linked and has not seen its account yet
     * @param shown by the broker
     */
    public static OwnEntry judge(Tag own, Device self, @Nullable Pin known, Pin shown) {
        if (!isSigned(own, shown)) {
            return FORGED;
        }
        OwnEntry found = known == null ? NEWER : compare(known, shown);
        boolean current = found == FINE || found == NEWER;
        return current && !shown.list().contains(self) ? DEVICE_MISSING : found;
    }

    private static OwnEntry compare(Pin known, Pin shown) {
        if (!known.account().equals(shown.account())) {
            return OTHER_ACCOUNT;
        }
        int newer = Long.compare(shown.list().version(), known.list().version());
        if (newer != 0) {
            return newer > 0 ? NEWER : OLDER_LIST;
        }
        return shown.list().devices().equals(known.list().devices()) ? FINE : TWO_LISTS;
    }

    /** Whether the owner is to be told: the broker, or whoever has the account's key, does what it should not. */
    public boolean isAlarming() {
        return this != FINE && this != NEWER;
    }

    static boolean isSigned(Tag tag, Pin shown) {
        DeviceList list = shown.list();
        byte[] statement = DeviceList.statement(tag, shown.account(), list.version(), list.devices());
        return Signatures.hold(shown.account(), statement, list.signature());
    }
}
