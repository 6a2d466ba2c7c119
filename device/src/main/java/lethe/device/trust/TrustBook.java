package lethe.device.trust;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lethe.core.account.DeviceList;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Tag;
import lethe.device.store.ContentDamaged;
import lethe.device.store.Slot;
import lethe.seal.Pin;
import lethe.seal.Pins;
import lethe.seal.safety.SafetyNumber;
import org.jspecify.annotations.Nullable;

/**
 * Whose account is at which address, as this phone has learnt it, with the phone's own. Every change is durable on
 * return. Safe for use by many threads.
 *
 * <p>At most {@link #MOST} others. Beyond, whoever was used longest ago goes, but nobody who is verified: a stranger
 * who is forgotten is believed anew, whichever account is shown.
 */
public final class TrustBook implements Pins {
    /** Addresses that are kept beside the own one. */
    public static final int MOST = 10_000;

    private final Slot slot;
    private final int most;
    private @Nullable Acquainted own;
    private Map<Tag, Acquainted> others = byUse();

    TrustBook(Slot slot, int most) {
        this.slot = slot;
        this.most = most;
        slot.read().map(TrustForm::decode).ifPresent(kept -> {
            own = kept.own();
            kept.others().forEach(each -> others.put(each.tag(), each));
        });
    }

    /**
     * The book that lies in a slot; an empty one if nothing does.
     *
     * @param slot a place that is no other's
     * @throws ContentDamaged if it holds something else
     */
    public static TrustBook open(Slot slot) {
        return new TrustBook(slot, MOST);
    }

    /** The phone's own account; empty until it is told. */
    public synchronized Optional<Acquainted> own() {
        return Optional.ofNullable(own);
    }

    /** The phone's own account, as the phone knows it, at its address: another one takes its place. */
    public synchronized void own(Tag tag, Pin pin) {
        Acquainted told = new Acquainted(tag, pin, true, null);
        if (!told.equals(own)) {
            Map<Tag, Acquainted> rest = copy();
            rest.remove(tag);
            write(told, rest);
        }
    }

    @Override
    public synchronized Optional<Pin> find(Tag tag) {
        return acquainted(tag).map(Acquainted::pin);
    }

    /** All that is known of an address; empty if nothing is. */
    public synchronized Optional<Acquainted> acquainted(Tag tag) {
        return own != null && own.tag().equals(tag) ? Optional.of(own) : Optional.ofNullable(others.get(tag));
    }

    /** Whether nothing is to be sent there: the owner has not said which account is the right one. */
    public synchronized boolean isHeld(Tag tag) {
        return acquainted(tag).filter(Acquainted::isHeld).isPresent();
    }

    /** Others than the own account, those first that were used last. */
    public synchronized List<Acquainted> known() {
        List<Acquainted> known = new ArrayList<>(others.values());
        Collections.reverse(known);
        return known;
    }

    /**
     * Learns whose account is at an address, from a broker that answered a question about the address, or from a letter
     * of the account that is pinned. Never from a stranger's letter alone: whose address it is, is the stranger's word.
     */
    public synchronized Learned learn(Tag tag, DeviceKey account, DeviceList list) {
        Pin shown = new Pin(account, list);
        Acquainted known = acquainted(tag).orElse(null);
        if (known != null && known.pin().equals(shown)) {
            return Learned.SAME;
        }
        if (!OwnEntry.isSigned(tag, shown)) {
            return Learned.FORGED;
        }
        if (known == null) {
            return put(new Acquainted(tag, shown, false, null)) ? Learned.NEW : Learned.FULL;
        }
        // Versions count across the accounts that an address has had.
        if (list.version() < known.pin().list().version()) {
            return Learned.OLDER_LIST;
        }
        return account.equals(known.pin().account()) ? newer(known, shown) : other(known, shown);
    }

    private Learned newer(Acquainted known, Pin shown) {
        if (shown.list().version() > known.pin().list().version()) {
            put(known.with(shown));
            return Learned.NEWER_DEVICES;
        }
        return shown.list().devices().equals(known.pin().list().devices()) ? Learned.SAME : Learned.TWO_LISTS;
    }

    private Learned other(Acquainted known, Pin shown) {
        if (!known.verified()) {
            put(known.with(shown));
            return Learned.ACCOUNT_CHANGED;
        }
        if (!known.equals(own) && !shown.equals(known.shown())) {
            put(known.withShown(shown));
        }
        return Learned.ACCOUNT_CHANGED_HELD;
    }

    /** What the owner compares with whoever is at an address; empty if one of the two is not known. */
    public Optional<SafetyNumber> safetyNumber(Tag tag) {
        Acquainted self = own().orElse(null);
        return self == null
                ? Optional.empty()
                : find(tag).map(pin -> SafetyNumber.of(self.tag(), self.pin().account(), tag, pin.account()));
    }

    /**
     * The owner has compared safety numbers, and they were the same: whoever else was shown is not believed.
     *
     * @param compared what the owner saw
     * @return false if that is not the number of the account that is pinned now
     */
    public boolean verify(Tag tag, SafetyNumber compared) {
        Acquainted seen = acquainted(tag).orElse(null);
        return seen != null
                && safetyNumber(tag).filter(compared::equals).isPresent()
                && replace(seen, new Acquainted(tag, seen.pin(), true, null));
    }

    /**
     * The owner believes that the other account that was shown is the right one: it is pinned, and not verified.
     *
     * @param other the account that the owner was asked about
     * @return false if that was not the last one that was shown
     */
    public boolean accept(Tag tag, DeviceKey other) {
        Acquainted seen = acquainted(tag).orElse(null);
        Pin shown = seen == null ? null : seen.shown();
        return seen != null
                && shown != null
                && shown.account().equals(other)
                && replace(seen, new Acquainted(tag, shown, false, null));
    }

    /** Forgets an address; whichever account is shown next is believed. The own one stays. */
    public synchronized void forget(Tag tag) {
        if (others.containsKey(tag)) {
            Map<Tag, Acquainted> rest = copy();
            rest.remove(tag);
            write(own, rest);
        }
    }

    private synchronized boolean replace(Acquainted seen, Acquainted replacement) {
        boolean same = acquainted(seen.tag()).filter(seen::equals).isPresent();
        return same && (seen.equals(own) || put(replacement));
    }

    private boolean put(Acquainted entry) {
        if (own != null && own.tag().equals(entry.tag())) {
            write(entry, others);
            return true;
        }
        Map<Tag, Acquainted> next = copy();
        if (next.put(entry.tag(), entry) == null && next.size() > most && !makeRoom(next, entry)) {
            return false;
        }
        write(own, next);
        return true;
    }

    private static boolean makeRoom(Map<Tag, Acquainted> entries, Acquainted but) {
        return entries.values().stream()
                .filter(each -> !each.verified() && !each.equals(but))
                .findFirst()
                .map(gone -> entries.remove(gone.tag()))
                .isPresent();
    }

    private void write(@Nullable Acquainted ownNow, Map<Tag, Acquainted> othersNow) {
        slot.write(new TrustForm(ownNow, othersNow.values()).encode());
        own = ownNow;
        others = othersNow;
    }

    private Map<Tag, Acquainted> copy() {
        Map<Tag, Acquainted> copy = byUse();
        copy.putAll(others);
        return copy;
    }

    /** Whoever was used longest ago comes first. */
    private static Map<Tag, Acquainted> byUse() {
        return new LinkedHashMap<>(16, 0.75f, true);
    }

    @Override
    public String toString() {
        return "TrustBook[***]";
    }
}
