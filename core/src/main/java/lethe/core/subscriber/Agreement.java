package lethe.core.subscriber;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lethe.core.account.Account;
import lethe.core.consent.Consent;
import lethe.core.consent.Scope;
import lethe.core.identity.DeviceId;
import lethe.core.lookup.ListedTag;
import lethe.core.lookup.Listing;
import org.jspecify.annotations.Nullable;

/**
 * What a subscriber has agreed to, once one of its devices has.
 *
 * <p>The account's key names one device first on its list: that one agrees to what it likes. The others leave out what
 * has been agreed to, and add nothing: whoever was let in as a second device has not the owner's word for more. Whether
 * the account is listed is the first device's to say alone: one that leaves out that, and nothing else, joins.
 *
 * @param consent that counts
 * @param listing null unless it is agreed to
 */
public record Agreement(Consent consent, @Nullable Listing listing) {
    /** What there is to agree to before the first device has. */
    private static final Set<Scope> LEAST = Set.of(Scope.IP);

    /**
     * Judges a consent by a device of the account.
     *
     * @param account that has the address from now on
     * @param entry as which the subscriber is listed; null if the broker goes by what it has
     * @return empty if the device may not agree to that
     */
    public static Optional<Agreement> after(
            SubscriberState state, Account account, Consent given, @Nullable ListedTag entry, Instant now) {
        return counting(state, account, given)
                .map(consent -> new Agreement(
                        consent,
                        consent.scopes().contains(Scope.DISCOVERABLE) ? listing(state, consent, entry, now) : null));
    }

    /** A consent that says what is agreed to already stays the first device's, and so outlives the other one. */
    private static Optional<Consent> counting(SubscriberState state, Account account, Consent given) {
        DeviceId first = account.list().devices().get(0).id();
        if (given.device().equals(first)) {
            return Optional.of(given);
        }
        Optional<Consent> before = before(state, account);
        Set<Scope> most = before.map(Consent::scopes).orElse(LEAST);
        if (!most.containsAll(given.scopes())) {
            return Optional.empty();
        }
        boolean nothingNew = before.isPresent()
                && before.get().epoch() >= given.epoch()
                && leavingOutTheList(before.get().scopes()).equals(leavingOutTheList(given.scopes()));
        return nothingNew ? before : Optional.of(given);
    }

    private static Set<Scope> leavingOutTheList(Set<Scope> scopes) {
        return scopes.stream().filter(scope -> scope != Scope.DISCOVERABLE).collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<Consent> before(SubscriberState state, Account account) {
        boolean same = state.account()
                .filter(current -> current.key().equals(account.key()))
                .isPresent();
        return state.agreed()
                .filter(consent -> same && account.list().find(consent.device()).isPresent());
    }

    /** Who agrees anew, and to the same policy, has been listed since the first time. */
    private static @Nullable Listing listing(
            SubscriberState state, Consent consent, @Nullable ListedTag entry, Instant now) {
        Listing earlier = state.listing().orElse(null);
        boolean samePolicy = state.consent()
                .filter(before -> before.epoch() == consent.epoch())
                .isPresent();
        if (earlier != null && samePolicy) {
            return earlier;
        }
        ListedTag known = entry == null && earlier != null ? earlier.entry() : entry;
        return known == null ? null : new Listing(known, now.truncatedTo(ChronoUnit.MILLIS));
    }
}
