package lethe.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import lethe.core.Samples;
import org.junit.jupiter.api.Test;

class AccountTest {
    private final Random random = new Random(1);
    private final Device phone = Samples.device(random);
    private final Device tablet = Samples.device(random);
    private final Account account = Samples.account(random, 4, phone);

    private DeviceList list(long version, Device... devices) {
        return new DeviceList(version, List.of(devices), Samples.opaque(random, 64));
    }

    @Test
    void remembersWithWhichListADeviceCame() {
        Account grown = account.with(list(7, phone, tablet));

        assertThat(grown.since(phone.id())).isEqualTo(4);
        assertThat(grown.since(tablet.id())).isEqualTo(7);
        assertThat(grown.key()).isEqualTo(account.key());
    }

    @Test
    void takesADeviceUnderAnotherKeyForANewOne() {
        Account rekeyed = account.with(list(5, new Device(phone.id(), tablet.key())));

        assertThat(rekeyed.since(phone.id())).isEqualTo(5);
        assertThat(account.without(rekeyed)).containsExactly(phone.id());
    }

    @Test
    void knowsWhatAnotherListLeavesOut() {
        Account grown = account.with(list(5, phone, tablet));

        assertThat(grown.without(grown.with(list(6, tablet)))).containsExactly(phone.id());
        assertThat(account.without(grown)).isEmpty();
    }

    @Test
    void hasNothingInCommonWithAnotherAccountEvenOnTheSameDevice() {
        assertThat(account.without(Samples.account(random, 1, phone))).containsExactly(phone.id());
    }
}
