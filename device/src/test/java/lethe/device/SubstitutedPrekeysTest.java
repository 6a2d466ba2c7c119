package lethe.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.prekey.Prekey;
import lethe.core.protocol.PrekeyBodies.Bundle;
import lethe.core.protocol.PrekeyBodies.BundledPrekey;
import lethe.device.keys.DeviceSigner;
import lethe.device.letters.Notice;
import lethe.seal.crypto.Suite;
import lethe.seal.prekey.PrekeyId;
import lethe.seal.prekey.PrekeyKind;
import lethe.seal.prekey.PrekeyPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A broker that gives other prekeys of a device than the device has left, or none that can be used. */
class SubstitutedPrekeysTest {
    private final Random random = new Random(7);
    private final Scene scene = new Scene();
    private final Person alice = scene.person(1);
    private final Person bob = scene.person(2);
    private final Person tablet = scene.linked(3, bob);

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void areNotSealedToIfTheyAreOfTheOtherDevice() {
        assertNothingIsSealedTo(
                bundle -> with(
                        bundle,
                        List.of(
                                of(
                                        bundle.prekeys().get(0).device(),
                                        bundle.prekeys().get(1)),
                                of(
                                        bundle.prekeys().get(1).device(),
                                        bundle.prekeys().get(0)))),
                Notice.Why.FORGED_PREKEY);
    }

    @Test
    void areNotSealedToIfTheyAreOfAnotherAccount() {
        Person carol = scene.person(4);
        assertNothingIsSealedTo(
                bundle -> {
                    BundledPrekey hers = scene.directory
                            .bundle(carol.address(), List.of(2, 1))
                            .orElseThrow()
                            .prekeys()
                            .get(0);
                    return each(bundle, given -> of(given.device(), hers));
                },
                Notice.Why.FORGED_PREKEY);
    }

    @Test
    void areNotSealedToIfTheyAreGarbage() {
        assertNothingIsSealedTo(
                bundle -> each(bundle, given -> {
                    Prekey prekey = given.prekey();
                    Prekey garbage = new Prekey(
                            prekey.suite(),
                            prekey.id(),
                            Given.bytes(random, prekey.body().length()));
                    return new BundledPrekey(given.device(), given.lastResort(), garbage);
                }),
                Notice.Why.FORGED_PREKEY);
    }

    @Test
    void areNotSealedToIfTheirKeyIsTheBrokers() {
        assertNothingIsSealedTo(
                bundle -> each(bundle, given -> {
                    byte[] changed = given.prekey().body().shared().clone();
                    changed[40] ^= 1;
                    Prekey prekey =
                            new Prekey(given.prekey().suite(), given.prekey().id(), Opaque.wrap(changed));
                    return new BundledPrekey(given.device(), given.lastResort(), prekey);
                }),
                Notice.Why.FORGED_PREKEY);
    }

    @Test
    void areNotSealedToIfTheyAreNotWhatTheBrokerSays() {
        assertNothingIsSealedTo(
                bundle -> each(bundle, given -> new BundledPrekey(given.device(), !given.lastResort(), given.prekey())),
                Notice.Why.FORGED_PREKEY);
    }

    @Test
    void areNotSealedToIfThereAreTwoOfADevice() {
        assertNothingIsSealedTo(
                bundle -> {
                    List<BundledPrekey> twice = new ArrayList<>(bundle.prekeys());
                    twice.addAll(bundle.prekeys());
                    return with(bundle, twice);
                },
                Notice.Why.FORGED);
    }

    @Test
    void areNotSealedToIfTheyAreOfNoDevice() {
        DeviceId nobody = new DeviceId(Given.bytes(random, DeviceId.LENGTH));
        assertNothingIsSealedTo(bundle -> each(bundle, given -> of(nobody, given)), Notice.Why.FORGED);
    }

    @Test
    void areNotSealedToIfTheyAreTooOldAndThatIsNoLie() {
        DeviceSigner signer = new DeviceSigner(bob.identity);
        PrekeyPair old = PrekeyPair.draw(
                bob.address(),
                signer,
                PrekeyId.of(1_000),
                PrekeyKind.ONE_TIME,
                Suite.PREFERRED,
                scene.clock.instant().minus(Duration.ofDays(91)),
                random);
        Prekey expired =
                new Prekey(Suite.PREFERRED.code(), 1_000, old.published().encode());
        scene.givesFor(bob, bundle -> with(bundle, List.of(new BundledPrekey(bob.device(), false, expired))));

        MessageId letter = alice.writes(bob, "later");
        scene.passes(Scene.A_WHILE);

        assertThat(scene.broker.sent).isEmpty();
        assertThat(alice.notices()).isEmpty();
        scene.givesTruth();
        scene.inTime(() -> alice.ends(letter).equals(List.of(Scene.DELIVERED)));
    }

    @Test
    void ofOneDeviceKeepLettersFromNoOther() {
        scene.givesFor(
                bob,
                bundle -> with(
                        bundle,
                        bundle.prekeys().stream()
                                .map(given -> given.device().equals(tablet.device())
                                        ? new BundledPrekey(given.device(), !given.lastResort(), given.prekey())
                                        : given)
                                .toList()));

        MessageId letter = alice.writes(bob, "to one of two");

        scene.eventually(() -> assertThat(alice.ends(letter)).containsExactly(Scene.DELIVERED));
        scene.eventually(() -> assertThat(bob.texts()).containsExactly("to one of two"));
        scene.eventually(() -> assertThat(alice.notices())
                .containsExactly(new Notice.NotBelieved(bob.address(), Notice.Why.FORGED_PREKEY)));
        assertThat(scene.broker.sent).hasSize(1);
    }

    private void assertNothingIsSealedTo(Function<Bundle, Bundle> lie, Notice.Why why) {
        scene.givesFor(bob, lie);

        MessageId letter = alice.writes(bob, "to the right ones");
        scene.inTime(() -> alice.notices().size() >= 2);

        scene.eventually(() -> assertThat(alice.notices()).containsOnly(new Notice.NotBelieved(bob.address(), why)));
        assertThat(scene.broker.sent).isEmpty();
        scene.givesTruth();
        scene.inTime(() -> alice.ends(letter).equals(List.of(Scene.DELIVERED)));
        scene.eventually(() -> assertThat(bob.texts()).containsExactly("to the right ones"));
        scene.eventually(() -> assertThat(tablet.texts()).containsExactly("to the right ones"));
    }

    private static BundledPrekey of(DeviceId device, BundledPrekey given) {
        return new BundledPrekey(device, given.lastResort(), given.prekey());
    }

    private static Bundle each(Bundle bundle, Function<BundledPrekey, BundledPrekey> lie) {
        return with(bundle, bundle.prekeys().stream().limit(1).map(lie).toList());
    }

    private static Bundle with(Bundle bundle, List<BundledPrekey> prekeys) {
        return new Bundle(bundle.account(), bundle.list(), prekeys);
    }
}
