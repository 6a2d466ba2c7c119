package lethe.core.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import lethe.core.Samples;
import lethe.core.account.Account;
import lethe.core.account.Device;
import lethe.core.account.DeviceList;
import lethe.core.identity.DeviceId;
import lethe.core.protocol.Difference;
import org.junit.jupiter.api.Test;

class AddresseeTest {
    private final Random random = new Random(1);
    private final Device phone = Samples.device(random);
    private final Device tablet = Samples.device(random);
    private final Account one = Samples.account(random, 1, phone);
    private final Account two = one.with(new DeviceList(2, List.of(phone, tablet), Samples.opaque(random, 64)));

    @Test
    void isTheOnlyDeviceUnlessItIsNamed() {
        assertThat(Addressee.ONLY.in(one)).contains(phone);
        assertThat(Addressee.ONLY.in(two)).isEmpty();
        assertThat(Addressee.of(tablet.id(), null).in(two)).contains(tablet);
        assertThat(Addressee.of(null, null)).isSameAs(Addressee.ONLY);
    }

    @Test
    void isNobodyUnderAnotherList() {
        assertThat(Addressee.of(phone.id(), 2L).in(two)).contains(phone);
        assertThat(Addressee.of(phone.id(), 1L).in(two)).isEmpty();
        assertThat(Addressee.of(phone.id(), 3L).in(two)).isEmpty();
    }

    @Test
    void learnsWhatCameSince() {
        assertThat(Addressee.of(phone.id(), 1L).differenceTo(two))
                .isEqualTo(new Difference(2, ids(phone, tablet), ids(tablet), List.of(), List.of()));
    }

    @Test
    void learnsEverythingOfAnAccountWhoseListsAreYounger() {
        assertThat(Addressee.of(null, 5L).differenceTo(two).missing()).isEqualTo(ids(phone, tablet));
    }

    /** The first account's address has become the second one's; lists have the versions that phones give them. */
    @Test
    void learnsThatAnotherAccountHasTheAddressNow() {
        Instant before = Samples.START;
        Instant after = before.plusSeconds(1);
        Account former = Samples.account(random, DeviceList.versionAfter(DeviceList.NONE, before), phone);
        Account next = Samples.account(random, DeviceList.versionAfter(DeviceList.NONE, after), tablet);
        Addressee known = Addressee.of(null, former.list().version());

        assertThat(known.in(former)).contains(phone);
        assertThat(known.in(next)).isEmpty();
        assertThat(known.differenceTo(next).missing()).isEqualTo(ids(tablet));
    }

    @Test
    void learnsWhatIsGone() {
        Account back = two.with(new DeviceList(3, List.of(tablet), Samples.opaque(random, 64)));

        assertThat(Addressee.of(phone.id(), 2L).differenceTo(back))
                .isEqualTo(new Difference(3, ids(tablet), List.of(), ids(phone), List.of()));
    }

    @Test
    void learnsThatADeviceHasAnotherKeyNow() {
        Device rekeyed = new Device(phone.id(), Samples.device(random).key());
        Account later = two.with(new DeviceList(3, List.of(rekeyed, tablet), Samples.opaque(random, 64)));

        assertThat(Addressee.of(phone.id(), 2L).differenceTo(later))
                .isEqualTo(new Difference(3, ids(phone, tablet), List.of(), List.of(), ids(phone)));
    }

    private static List<DeviceId> ids(Device... devices) {
        return List.of(devices).stream().map(Device::id).toList();
    }
}
