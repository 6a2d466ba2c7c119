package lethe.seal;

import lethe.core.account.DeviceList;
import lethe.core.identity.DeviceKey;

/**
 * What a phone holds on to of somebody whom it has met.
 *
 * @param account the key, which stays the same for the account's whole life
 * @param list the newest that was seen, signature checked
 */
public record Pin(DeviceKey account, DeviceList list) {
    /** What is to be pinned of whoever has this certificate, once it was found to be trusted. */
    public static Pin of(DeviceCertificate certificate) {
        return new Pin(certificate.account(), certificate.list());
    }

    /** Judges a certificate for the same address whose own signature holds. */
    Trust judge(DeviceCertificate shown) {
        if (!account.equals(shown.account())) {
            return new Trust.Distrusted(Trust.Reason.OTHER_ACCOUNT);
        }
        if (shown.list().version() > list.version()) {
            return new Trust.Trusted(Trust.Acquaintance.NEWER_DEVICES);
        }
        if (shown.list().version() == list.version() && !shown.list().devices().equals(list.devices())) {
            return new Trust.Distrusted(Trust.Reason.TWO_LISTS);
        }
        // A device that has not heard of the newest list yet shows an older one.
        return list.contains(shown.itself())
                ? new Trust.Trusted(Trust.Acquaintance.KNOWN)
                : new Trust.Distrusted(Trust.Reason.REMOVED_DEVICE);
    }
}
