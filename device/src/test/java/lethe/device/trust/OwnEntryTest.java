package lethe.device.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import lethe.core.account.Device;
import lethe.seal.Pin;
import org.junit.jupiter.api.Test;

class OwnEntryTest {
    private final Random random = new Random(1);
    private final Account bob = new Account(random);
    private final Device self = bob.phones.get(0).listed();
    private final Pin known = bob.addPhone().pin();

    @Test
    void isFineAsThePhoneKnowsIt() {
        assertThat(judge(known)).isEqualTo(OwnEntry.FINE);
        assertThat(OwnEntry.FINE.isAlarming()).isFalse();
    }

    @Test
    void isTakenWhenItIsNewer() {
        assertThat(judge(bob.addPhone().pin())).isEqualTo(OwnEntry.NEWER);
        assertThat(OwnEntry.judge(bob.tag(), self, null, known)).isEqualTo(OwnEntry.NEWER);
        assertThat(OwnEntry.NEWER.isAlarming()).isFalse();
    }

    @Test
    void isNotBelievedWhenTheAccountDidNotSignIt() {
        Account thief = Account.at(bob.tag(), random).signedAnew();

        assertAlarm(new Pin(bob.key(), thief.list()), OwnEntry.FORGED);
        assertThat(OwnEntry.judge(thief.tag(), self, null, new Pin(bob.key(), thief.list())))
                .isEqualTo(OwnEntry.FORGED);
    }

    @Test
    void isAnotherAccounts() {
        assertAlarm(Account.at(bob.tag(), random).signedAnew().pin(), OwnEntry.OTHER_ACCOUNT);
    }

    @Test
    void doesNotHaveThePhone() {
        bob.signedAnew().phones.remove(0);

        assertAlarm(bob.pin(), OwnEntry.DEVICE_MISSING);
        assertThat(OwnEntry.judge(bob.tag(), self, null, bob.pin())).isEqualTo(OwnEntry.DEVICE_MISSING);
    }

    @Test
    void hasAnotherKeyForThePhone() {
        Device other = new Device(self.id(), bob.phones.get(1).key());

        assertThat(OwnEntry.judge(bob.tag(), other, known, known)).isEqualTo(OwnEntry.DEVICE_MISSING);
    }

    @Test
    void isOlder() {
        Pin newer = bob.addPhone().pin();

        assertThat(OwnEntry.judge(bob.tag(), self, newer, known)).isEqualTo(OwnEntry.OLDER_LIST);
        assertThat(OwnEntry.OLDER_LIST.isAlarming()).isTrue();
    }

    @Test
    void isOneOfTwo() {
        bob.phones.remove(1);

        assertAlarm(bob.pin(), OwnEntry.TWO_LISTS);
    }

    private OwnEntry judge(Pin shown) {
        return OwnEntry.judge(bob.tag(), self, known, shown);
    }

    private void assertAlarm(Pin shown, OwnEntry entry) {
        assertThat(judge(shown)).isEqualTo(entry);
        assertThat(entry.isAlarming()).isTrue();
    }
}
