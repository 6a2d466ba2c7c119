package lethe.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import lethe.core.account.DeviceList;
import lethe.core.protocol.Bodies.AccountDevices;
import lethe.device.letters.Notice;
import lethe.device.store.Identity;
import lethe.device.store.MemorySlot;
import lethe.device.store.MemoryStore;
import lethe.device.trust.TrustBook;
import org.junit.jupiter.api.Test;

class OwnAccountTest {
    private final Identity phone = Identity.draw(new Random(1));
    private final Identity tablet = Identity.draw(new Random(2)).linkedTo(phone.tag());
    private final MemoryStore store = new MemoryStore(phone);
    private final TrustBook book = TrustBook.open(new MemorySlot());
    private final OwnAccount own = new OwnAccount(store, book);

    @Test
    void isNotKnownBeforeThePhoneHasSignedAList() {
        assertThat(own.hasOthers()).isFalse();
        assertThat(book.own()).isEmpty();
    }

    @Test
    void isWhatThePhoneHasSigned() {
        store.listed(list(1, phone));
        assertThat(own.hasOthers()).isFalse();
        store.listed(list(2, phone, tablet));

        assertThat(own.hasOthers()).isTrue();
        assertThat(book.own().orElseThrow().pin().list()).isEqualTo(list(2, phone, tablet));
    }

    @Test
    void takesANewerListThatTheAccountHasSigned() {
        store.listed(list(1, phone));

        assertThat(own.shown(entry(list(3, phone, tablet)))).isEmpty();

        assertThat(store.devices()).contains(list(3, phone, tablet));
        assertThat(own.hasOthers()).isTrue();
    }

    @Test
    void isNotMovedByAnyOther() {
        store.listed(list(2, phone, tablet));
        Identity mallory = Identity.draw(new Random(3)).at(phone.tag());

        assertThat(own.shown(entry(list(2, phone, tablet)))).isEmpty();
        assertSaid(entry(list(1, phone)), Notice.Why.OLDER_LIST);
        assertSaid(entry(list(2, phone)), Notice.Why.TWO_LISTS);
        assertSaid(entry(list(3, tablet)), Notice.Why.NOT_LISTED);
        assertSaid(
                entry(new DeviceList(3, List.of(phone.listed()), list(2, phone).signature())), Notice.Why.FORGED);
        assertSaid(
                new AccountDevices(
                        mallory.account().orElseThrow(),
                        mallory.list(3, List.of(phone.listed())).orElseThrow()),
                Notice.Why.OTHER_ACCOUNT);

        assertThat(store.devices()).contains(list(2, phone, tablet));
        assertThat(book.own().orElseThrow().pin().list()).isEqualTo(list(2, phone, tablet));
    }

    @Test
    void ofALinkedDeviceIsTheFirstThatListsItAndNoOtherThen() {
        MemoryStore its = new MemoryStore(tablet);
        OwnAccount account = new OwnAccount(its, TrustBook.open(new MemorySlot()));
        Identity mallory = Identity.draw(new Random(3)).at(phone.tag());

        assertThat(account.shown(entry(list(1, phone)))).contains(notice(Notice.Why.NOT_LISTED));
        assertThat(account.hasOthers()).isFalse();
        assertThat(account.shown(entry(list(2, phone, tablet)))).isEmpty();
        assertThat(account.hasOthers()).isTrue();
        assertThat(account.shown(new AccountDevices(
                        mallory.account().orElseThrow(),
                        mallory.list(3, List.of(tablet.listed())).orElseThrow())))
                .contains(notice(Notice.Why.OTHER_ACCOUNT));
        assertThat(its.devices()).contains(list(2, phone, tablet));
    }

    private void assertSaid(AccountDevices shown, Notice.Why why) {
        assertThat(own.shown(shown)).contains(notice(why));
    }

    private Notice notice(Notice.Why why) {
        return new Notice.NotBelieved(phone.tag(), why);
    }

    private AccountDevices entry(DeviceList list) {
        return new AccountDevices(phone.account().orElseThrow(), list);
    }

    private DeviceList list(long version, Identity... devices) {
        return phone.list(
                        version, List.of(devices).stream().map(Identity::listed).toList())
                .orElseThrow();
    }
}
