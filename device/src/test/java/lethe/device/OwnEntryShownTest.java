package lethe.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import lethe.core.account.Device;
import lethe.core.account.DeviceList;
import lethe.core.protocol.Bodies;
import lethe.device.letters.Notice;
import lethe.device.store.Identity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A broker that shows others something else of an account than the account's phone knows: it looks at each connect. */
class OwnEntryShownTest {
    private static final Device OTHER = Identity.draw(new Random(99)).listed();

    private final Scene scene = new Scene();
    private final Person alice = scene.person(1);
    private final Bodies.AccountDevices truth = scene.shown(alice.address());

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void withAnotherKeyIsToldAtEachConnect() {
        Peer mallory = scene.impostor(alice);
        assertToldAtEachConnect(
                new Bodies.AccountDevices(mallory.identity.account().orElseThrow(), mallory.list),
                Notice.Why.OTHER_ACCOUNT);
    }

    @Test
    void withDevicesThatTheAccountDidNotSignIsTold() {
        DeviceList list = new DeviceList(
                truth.list().version() + 1,
                List.of(alice.identity.listed(), OTHER),
                truth.list().signature());
        assertToldAtEachConnect(new Bodies.AccountDevices(truth.account(), list), Notice.Why.FORGED);
    }

    @Test
    void withDevicesOfBeforeIsTold() {
        scene.linked(2, alice);
        assertToldAtEachConnect(truth, Notice.Why.OLDER_LIST);
    }

    @Test
    void withTwoListsOfOneVersionIsTold() {
        assertToldAtEachConnect(signed(truth.list().version(), alice.identity.listed(), OTHER), Notice.Why.TWO_LISTS);
    }

    @Test
    void withoutThisPhoneIsTold() {
        assertToldAtEachConnect(signed(truth.list().version() + 1, OTHER), Notice.Why.NOT_LISTED);
    }

    @Test
    void asItIsIsNothingToTell() {
        reconnects();
        reconnects();
        Person bob = scene.person(2);
        bob.writes(alice, "hello");
        scene.eventually(() -> assertThat(alice.texts()).containsExactly("hello"));

        assertThat(alice.notices()).isEmpty();
    }

    private Bodies.AccountDevices signed(long version, Device... devices) {
        return new Bodies.AccountDevices(
                truth.account(), alice.identity.list(version, List.of(devices)).orElseThrow());
    }

    private void assertToldAtEachConnect(Bodies.AccountDevices shown, Notice.Why why) {
        Notice notice = new Notice.NotBelieved(alice.address(), why);
        scene.show(alice.address(), shown);

        reconnects();
        scene.eventually(() -> assertThat(alice.notices()).containsExactly(notice));
        reconnects();
        scene.eventually(() -> assertThat(alice.notices()).containsExactly(notice, notice));
    }

    private void reconnects() {
        int before = scene.broker.sessions();
        alice.lethe.client().disconnect().toCompletableFuture().join();
        alice.lethe.connect();
        scene.eventually(() -> assertThat(scene.broker.sessions()).isEqualTo(before + 1));
    }
}
