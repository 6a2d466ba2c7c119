package lethe.core.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import lethe.core.Samples;
import lethe.core.account.Account;
import lethe.core.account.Device;
import lethe.core.account.DeviceList;
import lethe.core.identity.Opaque;
import lethe.core.prekey.DevicePrekeys;
import lethe.core.prekey.Prekey;
import lethe.core.prekey.PrekeyBatch;
import lethe.core.prekey.PrekeyRef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a subscriber's state knows of its devices' prekeys, and what of them a snapshot writes. */
class SubscriberPrekeysTest {
    private static final Opaque BODY = Opaque.wrap(new byte[3]);
    private static final Prekey FIRST = new Prekey(1, 1, BODY);
    private static final Prekey SECOND = new Prekey(1, 2, BODY);
    private static final Prekey LAST = new Prekey(1, 3, BODY);

    private final Random random = new Random(5);
    private final SubscriberState state = SubscriberState.absent(7);
    private final Device phone = Samples.device(random);
    private final Device tablet = Samples.device(random);
    private final Account account = Account.of(phone.key(), new DeviceList(1, List.of(phone, tablet), BODY));

    @BeforeEach
    void givenPrekeys() {
        new SubscriberEvent.OptedIn(Samples.consent(random, phone.id()), account).applyTo(state);
        publish(phone, List.of(FIRST, SECOND), List.of(LAST));
    }

    private void publish(Device device, List<Prekey> oneTime, List<Prekey> lastResort) {
        new SubscriberEvent.PrekeysPublished(device.id(), new PrekeyBatch(oneTime, lastResort)).applyTo(state);
    }

    private void take(PrekeyRef prekey) {
        new SubscriberEvent.PrekeysTaken(List.of(prekey)).applyTo(state);
    }

    private PrekeyRef ref(Prekey prekey) {
        return new PrekeyRef(phone.id(), prekey.suite(), prekey.id(), 7);
    }

    private void list(long version, Device... devices) {
        new SubscriberEvent.DevicesListed(account.with(new DeviceList(version, List.of(devices), BODY))).applyTo(state);
    }

    @Test
    void writesThemOnceAndKeepsWhichThereAre() {
        assertThat(state.changes().published())
                .isEqualTo(Map.of(ref(FIRST), FIRST, ref(SECOND), SECOND, ref(LAST), LAST));
        state.saved();
        assertThat(state.changes().published()).isEmpty();
        assertThat(state.prekeys(phone.id()).left()).isEqualTo(2);
        assertThat(state.prekeys(tablet.id())).isSameAs(DevicePrekeys.NONE);
    }

    @Test
    void deletesWhatIsTaken() {
        state.saved();
        take(ref(FIRST));
        take(ref(FIRST));

        assertThat(state.changes().spent()).isEqualTo(Set.of(ref(FIRST)));
        assertThat(state.prekeys(phone.id()).next(phone.id(), 1)).contains(ref(SECOND));
    }

    @Test
    void neitherWritesNorDeletesWhatWasTakenBeforeItWasWritten() {
        take(ref(FIRST));

        assertThat(state.changes().published()).doesNotContainKey(ref(FIRST));
        assertThat(state.changes().spent()).isEmpty();
    }

    @Test
    void deletesTheFormerLastResort() {
        state.saved();
        publish(phone, List.of(), List.of(new Prekey(1, 4, BODY)));

        assertThat(state.changes().spent()).isEqualTo(Set.of(ref(LAST)));
    }

    @Test
    void deletesThoseOfADeviceThatIsRemovedOrHasAnotherKey() {
        publish(tablet, List.of(FIRST), List.of());
        state.saved();
        list(2, new Device(phone.id(), tablet.key()), tablet);

        assertThat(state.changes().spent()).isEqualTo(Set.of(ref(FIRST), ref(SECOND), ref(LAST)));
        assertThat(state.prekeys(phone.id())).isSameAs(DevicePrekeys.NONE);
        assertThat(state.prekeys(tablet.id()).left()).isEqualTo(1);
    }

    @Test
    void givesADeviceThatComesBackNothingOfWhatItHad() {
        state.saved();
        list(2, tablet);
        take(ref(FIRST));
        assertThat(state.prekeys(phone.id())).isSameAs(DevicePrekeys.NONE);
        list(3, phone, tablet);
        publish(phone, List.of(FIRST), List.of());

        assertThat(state.changes().published()).isEqualTo(Map.of(ref(FIRST), FIRST));
        assertThat(state.changes().spent()).isEqualTo(Set.of(ref(SECOND), ref(LAST)));
    }

    @Test
    void forgetsThemWithEverything() {
        state.saved();
        new SubscriberEvent.OptedOut().applyTo(state);

        assertThat(state.prekeys(phone.id())).isSameAs(DevicePrekeys.NONE);
        assertThat(state.changes().erase()).isTrue();
        assertThat(state.changes().spent()).isEmpty();
    }

    @Test
    void knowsThemAgainAfterARecovery() {
        Head head = state.head().orElseThrow();
        SubscriberState recovered = SubscriberState.recovered(8, head, List.of(), List.of(), Set.of());

        assertThat(recovered.prekeys(phone.id())).isEqualTo(state.prekeys(phone.id()));
        assertThat(head.prekeysNumbered(number -> number + 1))
                .isEqualTo(Map.of(phone.id(), state.prekeys(phone.id()).numbered(number -> number + 1)));
    }
}
