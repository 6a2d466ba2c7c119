package lethe.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import lethe.core.account.Device;
import lethe.core.account.DeviceList;
import lethe.core.identity.MessageId;
import lethe.core.protocol.Bodies;
import lethe.device.letters.Notice;
import lethe.device.store.Identity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A broker that shows other devices at an address than the account has signed last. */
class UnsignedDevicesTest {
    private static final Device ADDED = Identity.draw(new Random(99)).listed();

    private final Scene scene = new Scene();
    private final Person alice = scene.person(1);
    private final Person bob = scene.person(2);
    private final Bodies.AccountDevices first = scene.shown(bob.address());
    private final Person tablet = scene.linked(3, bob);
    private final Bodies.AccountDevices truth = scene.shown(bob.address());

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void areNotSealedToIfOneIsAdded() {
        List<Device> devices =
                Stream.concat(truth.list().devices().stream(), Stream.of(ADDED)).toList();
        assertNothingIsSealedTo(
                new DeviceList(truth.list().version() + 1, devices, truth.list().signature()), Notice.Why.FORGED);
    }

    @Test
    void areNotSealedToIfOneIsHidden() {
        assertNothingIsSealedTo(
                new DeviceList(
                        truth.list().version(),
                        List.of(bob.identity.listed()),
                        truth.list().signature()),
                Notice.Why.FORGED);
    }

    @Test
    void areNotSealedToIfTheyAreOfBefore() {
        assertNothingIsSealedTo(first.list(), Notice.Why.OLDER_LIST);
    }

    @Test
    void areNotSealedToIfTheAccountHasSignedTwoListsOfOneVersion() {
        assertNothingIsSealedTo(
                bob.identity
                        .list(truth.list().version(), List.of(bob.identity.listed()))
                        .orElseThrow(),
                Notice.Why.TWO_LISTS);
    }

    @Test
    void areNotSealedToIfAnotherAccountHasSignedThem() {
        Identity mallory = Identity.draw(new Random(66)).at(bob.address());
        assertNothingIsSealedTo(
                mallory.list(truth.list().version() + 1, truth.list().devices()).orElseThrow(), Notice.Why.FORGED);
    }

    @Test
    void areTakenWithoutAWordIfTheAccountHasSignedThem() {
        alice.writes(bob, "to two");
        scene.eventually(() -> assertThat(tablet.texts()).containsExactly("to two"));
        Person third = scene.linked(4, bob);

        alice.writes(bob, "to three");

        scene.eventually(() -> assertThat(third.texts()).containsExactly("to three"));
        scene.eventually(() -> assertThat(tablet.texts()).containsExactly("to two", "to three"));
        assertThat(alice.notices()).isEmpty();
    }

    /** Twice, so that all that came of the first time is seen; and what waited goes once the broker tells the truth. */
    private void assertNothingIsSealedTo(DeviceList shown, Notice.Why why) {
        MessageId before = alice.writes(bob, "before");
        scene.eventually(() -> assertThat(alice.ends(before)).containsExactly(Scene.DELIVERED));
        scene.eventually(() -> assertThat(scene.broker.sent).hasSize(2));
        scene.show(bob.address(), truth.account(), shown);

        MessageId letter = alice.writes(bob, "whom to?");
        scene.inTime(() -> alice.notices().size() >= 2);

        scene.eventually(() -> assertThat(alice.notices()).containsOnly(new Notice.NotBelieved(bob.address(), why)));
        assertThat(scene.broker.sent).hasSize(2);
        scene.show(bob.address(), truth);
        scene.inTime(() -> alice.ends(letter).equals(List.of(Scene.DELIVERED)));
        scene.eventually(() -> assertThat(tablet.texts()).containsExactly("before", "whom to?"));
        scene.eventually(() -> assertThat(bob.texts()).containsExactly("before", "whom to?"));
    }
}
