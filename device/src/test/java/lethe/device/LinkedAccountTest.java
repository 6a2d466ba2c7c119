package lethe.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import lethe.core.protocol.Bodies;
import lethe.device.letters.Notice;
import lethe.device.store.MemoryStore;
import lethe.device.trust.Account;
import lethe.device.trust.Acquainted;
import lethe.device.trust.LinkedAccount;
import lethe.device.trust.TrustBook;
import lethe.seal.Pin;
import org.junit.jupiter.api.Test;

class LinkedAccountTest {
    private final Random random = new Random(1);
    private final Account alice = new Account(random).addPhone();
    private final MemoryStore tablet = new MemoryStore(alice.phones.get(1));
    private final TrustBook book = TrustBook.open(tablet.slot("pins"));
    private final OwnAccount own = new OwnAccount(tablet, book);

    @Test
    void isTheOneThatTheOwnerCarriedToTheNewDevice() {
        LinkedAccount.keep(tablet, alice.key());

        assertThat(own.shown(entry(alice))).isEmpty();
        assertThat(pinned()).contains(alice.pin());
    }

    @Test
    void isNoOtherThatABrokerGivesToANewDevice() {
        LinkedAccount.keep(tablet, alice.key());
        Account brokers = Account.at(alice.tag(), random);
        brokers.phones.add(tablet.identity());

        assertThat(own.shown(entry(brokers.signedAnew())))
                .contains(new Notice.NotBelieved(alice.tag(), Notice.Why.OTHER_ACCOUNT));
        assertThat(pinned()).isEmpty();
        assertThat(tablet.devices()).isEmpty();

        assertThat(own.shown(entry(alice))).isEmpty();
        assertThat(pinned()).contains(alice.pin());
    }

    @Test
    void isTheOneWhoseKeyThePhoneHoldsWhateverWasCarriedThere() {
        MemoryStore phone = new MemoryStore(alice.phones.get(0));
        LinkedAccount.keep(phone, new Account(random).key());

        assertThat(LinkedAccount.own(phone)).contains(alice.key());
    }

    @Test
    void isAnotherOneIfTheOwnerLinksTheDeviceAnewAtTheSameAddress() {
        LinkedAccount.keep(tablet, alice.key());
        own.shown(entry(alice));
        Account anew = Account.at(alice.tag(), random);
        anew.phones.add(tablet.identity());
        LinkedAccount.keep(tablet, anew.key());

        assertThat(own.shown(entry(anew.signedAnew()))).isEmpty();
        assertThat(pinned()).contains(anew.pin());
    }

    private Optional<Pin> pinned() {
        return book.own().map(Acquainted::pin);
    }

    private static Bodies.AccountDevices entry(Account account) {
        return new Bodies.AccountDevices(account.key(), account.list());
    }
}
