package lethe.core.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import lethe.core.Samples;
import lethe.core.account.Account;
import lethe.core.account.Device;
import lethe.core.account.DeviceList;
import lethe.core.consent.Consent;
import lethe.core.consent.Scope;
import lethe.core.identity.Opaque;
import lethe.core.lookup.ListedTag;
import lethe.core.lookup.Listing;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private static final Instant NOW = Samples.START;
    private static final ListedTag ENTRY = new ListedTag(5);

    private final Random random = new Random(1);
    private final Opaque hash = Samples.opaque(random, 32);
    private final Device phone = Samples.device(random);
    private final Device tablet = Samples.device(random);
    private final Account account = Samples.account(random, 2, phone, tablet);
    private final SubscriberState state = SubscriberState.absent(7);

    private Consent consent(Device by, long epoch, Scope... scopes) {
        return new Consent(epoch, hash, Set.of(scopes), NOW, by.id(), Samples.opaque(random, 64));
    }

    private Optional<Agreement> after(Consent given) {
        return Agreement.after(state, account, given, ENTRY, NOW.plusSeconds(1));
    }

    private Consent givenThePhoneAgreed(Scope... scopes) {
        Consent consent = consent(phone, 1, scopes);
        state.enter(consent, account, null);
        return consent;
    }

    private Account listing(Device... devices) {
        return account.with(new DeviceList(3, List.of(devices), Samples.opaque(random, 64)));
    }

    @Test
    void isWhateverTheFirstDeviceAgreesTo() {
        givenThePhoneAgreed(Scope.IP);
        Consent more = consent(phone, 1, Scope.IP, Scope.ALERTS);

        assertThat(after(more)).contains(new Agreement(more, null));
    }

    @Test
    void growsByNoOtherDevice() {
        givenThePhoneAgreed(Scope.IP, Scope.WAKE);

        assertThat(after(consent(tablet, 1, Scope.IP, Scope.WAKE, Scope.DISCOVERABLE)))
                .isEmpty();
        assertThat(after(consent(tablet, 2, Scope.IP, Scope.ALERTS))).isEmpty();
    }

    @Test
    void isNarrowedByEveryDevice() {
        givenThePhoneAgreed(Scope.IP, Scope.WAKE);
        Consent less = consent(tablet, 1, Scope.IP);

        assertThat(after(less)).contains(new Agreement(less, null));
    }

    @Test
    void staysTheFirstDevicesIfAnotherAddsNothing() {
        Consent first = givenThePhoneAgreed(Scope.IP, Scope.WAKE);

        assertThat(after(consent(tablet, 1, Scope.IP, Scope.WAKE))).contains(new Agreement(first, null));
    }

    @Test
    void staysListedWhenAnotherDeviceAgreesPlainly() {
        Consent first = consent(phone, 1, Scope.IP, Scope.WAKE, Scope.DISCOVERABLE);
        Listing listing = new Listing(ENTRY, NOW);
        state.enter(first, account, listing);

        assertThat(after(consent(tablet, 1, Scope.IP, Scope.WAKE))).contains(new Agreement(first, listing));
        Consent less = consent(tablet, 1, Scope.IP);
        assertThat(after(less)).contains(new Agreement(less, null));
        Consent later = consent(tablet, 2, Scope.IP, Scope.WAKE);
        assertThat(after(later)).contains(new Agreement(later, null));
    }

    @Test
    void comesFromAnyDeviceWhenThePolicyIsANewOne() {
        givenThePhoneAgreed(Scope.IP, Scope.WAKE);
        Consent later = consent(tablet, 2, Scope.IP, Scope.WAKE);

        assertThat(after(later)).contains(new Agreement(later, null));
    }

    @Test
    void isTheLeastUntilTheFirstDeviceHasAgreed() {
        Consent least = consent(tablet, 1, Scope.IP);

        assertThat(after(least)).contains(new Agreement(least, null));
        assertThat(after(consent(tablet, 1, Scope.IP, Scope.WAKE))).isEmpty();
    }

    @Test
    void isNotTakenOverFromAnotherAccount() {
        Account former = Samples.account(random, 1, phone);
        state.enter(consent(phone, 1, Scope.IP, Scope.WAKE), former, null);

        assertThat(after(consent(tablet, 1, Scope.IP, Scope.WAKE))).isEmpty();
    }

    @Test
    void endsWithTheDeviceThatGaveIt() {
        givenThePhoneAgreed(Scope.IP, Scope.WAKE, Scope.DISCOVERABLE);
        state.enter(consent(tablet, 1, Scope.IP, Scope.DISCOVERABLE), account, new Listing(ENTRY, NOW));
        assertThat(state.agreed()).isPresent();

        state.list(listing(phone));

        assertThat(state.agreed()).isEmpty();
        assertThat(state.listing()).isEmpty();
    }

    @Test
    void outlivesTheDevicesThatDidNotGiveIt() {
        Consent consent = givenThePhoneAgreed(Scope.IP);

        state.list(listing(phone));

        assertThat(state.agreed()).contains(consent);
    }

    @Test
    void listsFromTheFirstTimeUnderOnePolicy() {
        Consent first = consent(phone, 1, Scope.IP, Scope.DISCOVERABLE);
        Listing listing = new Listing(ENTRY, NOW);
        state.enter(first, account, listing);

        assertThat(after(first)).contains(new Agreement(first, listing));
        Consent later = consent(phone, 2, Scope.IP, Scope.DISCOVERABLE);
        assertThat(after(later)).contains(new Agreement(later, new Listing(ENTRY, NOW.plusSeconds(1))));
        Consent hidden = consent(phone, 1, Scope.IP);
        assertThat(after(hidden)).contains(new Agreement(hidden, null));
    }

    @Test
    void listsUnderTheEntryThatIsKnown() {
        Consent first = consent(phone, 1, Scope.IP, Scope.DISCOVERABLE);
        Consent later = consent(phone, 2, Scope.IP, Scope.DISCOVERABLE);

        assertThat(Agreement.after(state, account, first, null, NOW)).contains(new Agreement(first, null));
        state.enter(first, account, new Listing(ENTRY, NOW));
        assertThat(Agreement.after(state, account, later, null, NOW.plusSeconds(1)))
                .contains(new Agreement(later, new Listing(ENTRY, NOW.plusSeconds(1))));
    }
}
