package lethe.device;

import java.util.Optional;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Tag;
import lethe.core.protocol.Bodies;
import lethe.device.letters.Notice;
import lethe.device.store.DeviceStore;
import lethe.device.store.Identity;
import lethe.device.trust.Acquainted;
import lethe.device.trust.LinkedAccount;
import lethe.device.trust.OwnEntry;
import lethe.device.trust.TrustBook;
import lethe.seal.Pin;
import org.jspecify.annotations.Nullable;

/**
 * What this phone knows of its own account, and whether a broker shows the same to others. Safe for use by many
 * threads.
 */
final class OwnAccount {
    private final DeviceStore store;
    private final TrustBook book;

    OwnAccount(DeviceStore store, TrustBook book) {
        this.store = store;
        this.book = book;
        refresh();
    }

    /** Takes up what this phone has signed itself. */
    void refresh() {
        Identity identity = store.identity();
        identity.account()
                .ifPresent(account -> store.devices()
                        .filter(list -> known().filter(pin -> pin.list().version() >= list.version()
                                        && pin.account().equals(account))
                                .isEmpty())
                        .ifPresent(list -> book.own(identity.tag(), new Pin(account, list))));
    }

    /** Whether the account has other devices than this one. */
    boolean hasOthers() {
        refresh();
        return known().filter(pin -> pin.list().devices().size() > 1).isPresent();
    }

    /**
     * A broker shows the account's entry: a newer list is taken up.
     *
     * @return what the owner has to know; empty if all is as it should be
     */
    Optional<Notice> shown(Bodies.AccountDevices entry) {
        refresh();
        Identity identity = store.identity();
        Tag tag = identity.tag();
        Pin shown = new Pin(entry.account(), entry.list());
        OwnEntry found = isOther(entry.account())
                ? OwnEntry.OTHER_ACCOUNT
                : OwnEntry.judge(tag, identity.listed(), known().orElse(null), shown);
        if (found == OwnEntry.NEWER) {
            store.listed(entry.list());
            book.own(tag, shown);
        }
        return why(found).map(why -> new Notice.NotBelieved(tag, why));
    }

    private boolean isOther(DeviceKey shown) {
        return LinkedAccount.own(store)
                .filter(account -> !account.equals(shown))
                .isPresent();
    }

    private Optional<Pin> known() {
        Tag tag = store.identity().tag();
        return book.own()
                .filter(own -> own.tag().equals(tag))
                .map(Acquainted::pin)
                .filter(pin -> !isOther(pin.account()));
    }

    private static Optional<Notice.Why> why(OwnEntry found) {
        Notice.@Nullable Why why = switch (found) {
            case FINE, NEWER -> null;
            case FORGED -> Notice.Why.FORGED;
            case OTHER_ACCOUNT -> Notice.Why.OTHER_ACCOUNT;
            case DEVICE_MISSING -> Notice.Why.NOT_LISTED;
            case OLDER_LIST -> Notice.Why.OLDER_LIST;
            case TWO_LISTS -> Notice.Why.TWO_LISTS;
        };
        return Optional.ofNullable(why);
    }
}
