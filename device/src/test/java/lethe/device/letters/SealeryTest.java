package lethe.device.letters;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.prekey.DevicePrekeys;
import lethe.core.prekey.Prekey;
import lethe.core.protocol.PrekeyBodies.Bundle;
import lethe.core.protocol.PrekeyBodies.BundledPrekey;
import lethe.core.protocol.PrekeyBodies.PrekeysLeft;
import lethe.device.Given;
import lethe.device.HandAlarm;
import lethe.device.keys.Disk;
import lethe.device.keys.KeptPrekeys;
import lethe.device.keys.Refill;
import lethe.device.keys.Shelf;
import lethe.device.store.Identity;
import lethe.device.store.MemorySlot;
import lethe.device.trust.Account;
import lethe.device.trust.TrustBook;
import lethe.seal.Opener;
import lethe.seal.Opening;
import lethe.seal.content.Content;
import lethe.seal.content.Letter;
import lethe.seal.crypto.Suite;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SealeryTest {
    private final Random random = new Random(1);
    private final HandAlarm clock = new HandAlarm();
    private final Account alice = new Account(random).addPhone();
    private final Account bob = new Account(random).addPhone();
    private final TrustBook book = TrustBook.open(new MemorySlot());
    private final Sealery sealery = new Sealery(alice.phones.get(0), book, random);
    private final Map<DeviceId, Shelf> broker = new HashMap<>();
    private final Map<DeviceId, KeptPrekeys> prekeys = new HashMap<>();
    private final Letter letter = letter(new Content.Text("to all your phones"));

    @BeforeEach
    void everybodyHasPublishedAndAliceKnowsThem() {
        alice.phones.forEach(this::publish);
        bob.phones.forEach(this::publish);
        book.own(alice.tag(), alice.pin());
        book.learn(bob.tag(), bob.key(), bob.list());
    }

    private void publish(Identity phone) {
        KeptPrekeys kept = new Disk().open();
        Shelf shelf = new Shelf(phone.device());
        shelf.put(new Refill(kept, phone, clock, random).refill(PrekeysLeft.of(DevicePrekeys.NONE)));
        prekeys.put(phone.device(), kept);
        broker.put(phone.device(), shelf);
    }

    @Test
    void sealsForEachDeviceAndNoOtherOpensIt() {
        Sealed.Envelopes sealed = sealed(bundle(bob));

        assertThat(sealed.leftOut()).isEmpty();
        assertThat(sealed.envelopes()).hasSize(2);
        assertThat(opened(bob.phones.get(1), to(sealed, device(bob, 0)))).isInstanceOf(Opening.Unopenable.class);
        for (Identity phone : bob.phones) {
            assertThat(opened(phone, to(sealed, phone.device())))
                    .isInstanceOfSatisfying(Opening.Opened.class, opened -> {
                        assertThat(opened.letter()).isEqualTo(letter);
                        assertThat(opened.sender().itself())
                                .isEqualTo(alice.phones.get(0).listed());
                    });
        }
    }

    @Test
    void sealsForTheDevicesThatAreAskedFor() {
        DeviceId gone = new DeviceId(Given.bytes(random, DeviceId.LENGTH));
        Sealed sealed = sealery.seal(bob.tag(), bundle(bob), letter, clock.instant(), Set.of(device(bob, 1), gone));

        assertThat(sealed).isInstanceOfSatisfying(Sealed.Envelopes.class, some -> {
            assertThat(some.envelopes()).containsOnlyKeys(device(bob, 1));
            assertThat(some.leftOut()).isEqualTo(Map.of(gone, LeftOut.NOT_LISTED));
        });
    }

    @Test
    void passesOverThisPhoneWhenItSealsForItsOwnAccount() {
        Letter copy = letter(new Content.Copy(bob.tag(), new Content.Text("a copy")));

        assertThat(sealery.seal(alice.tag(), bundle(alice), copy, clock.instant()))
                .isInstanceOfSatisfying(Sealed.Envelopes.class, some -> {
                    assertThat(some.envelopes()).containsOnlyKeys(device(alice, 1));
                    assertThat(some.leftOut()).isEmpty();
                });
    }

    @Test
    void leavesOutADeviceThatHasNoPrekey() {
        Bundle bundle = bundle(bob);

        assertLeftOut(with(bundle, List.of(bundle.prekeys().get(0))), device(bob, 1), LeftOut.NO_PREKEY);
    }

    /** A broker gives each device's prekey for the other one's. */
    @Test
    void leavesOutDevicesWhosePrekeysWereSwapped() {
        Bundle bundle = bundle(bob);
        List<BundledPrekey> swapped = List.of(
                moved(bundle.prekeys().get(0), device(bob, 1)),
                moved(bundle.prekeys().get(1), device(bob, 0)));

        assertThat(sealed(with(bundle, swapped)))
                .isEqualTo(new Sealed.Envelopes(
                        Map.of(), Map.of(device(bob, 0), LeftOut.FORGED, device(bob, 1), LeftOut.FORGED)));
    }

    @Test
    void leavesOutADeviceWhosePrekeyIsForAnotherAddress() {
        Identity elsewhere = bob.phones.get(0).at(Given.tag(7));
        publish(elsewhere);

        assertLeftOut(with(bundle(bob), 0, give(elsewhere.device())), device(bob, 0), LeftOut.FORGED);
    }

    @Test
    void leavesOutADeviceWhosePrekeyIsNotWhatTheBrokerSays() {
        Bundle bundle = bundle(bob);
        BundledPrekey given = bundle.prekeys().get(0);
        Prekey prekey = given.prekey();
        List<BundledPrekey> lies = List.of(
                new BundledPrekey(given.device(), true, prekey),
                new BundledPrekey(given.device(), false, new Prekey(1, prekey.id(), prekey.body())),
                new BundledPrekey(given.device(), false, new Prekey(2, prekey.id() + 1, prekey.body())),
                new BundledPrekey(given.device(), false, new Prekey(2, prekey.id(), Opaque.wrap(new byte[100]))));

        for (BundledPrekey lie : lies) {
            assertLeftOut(with(bundle, 0, lie), device(bob, 0), LeftOut.FORGED);
        }
    }

    @Test
    void leavesOutADeviceWhosePrekeyIsTooOld() {
        Bundle bundle = bundle(bob);
        clock.advance(Duration.ofDays(90));

        assertLeftOut(bundle, device(bob, 0), LeftOut.EXPIRED);
    }

    @Test
    void leavesOutADeviceOfWhichThereAreTwoPrekeys() {
        Bundle bundle = bundle(bob);
        List<BundledPrekey> three = new ArrayList<>(bundle.prekeys());
        three.add(give(device(bob, 0)));

        assertLeftOut(with(bundle, three), device(bob, 0), LeftOut.SEVERAL_PREKEYS);
    }

    @Test
    void leavesEverybodyOutOfALetterThatIsTooLarge() {
        Letter large = letter(new Content.Text("x".repeat(64_500)));

        assertThat(sealery.seal(bob.tag(), bundle(bob), large, clock.instant()))
                .isEqualTo(new Sealed.Envelopes(
                        Map.of(), Map.of(device(bob, 0), LeftOut.TOO_LARGE, device(bob, 1), LeftOut.TOO_LARGE)));
    }

    @Test
    void sealsNothingToWhatIsNotPinned() {
        Account mallory = Account.at(bob.tag(), random);
        Bundle hers = new Bundle(mallory.key(), mallory.list(), List.of());
        Bundle old = bundle(bob);
        bob.addPhone();
        book.learn(bob.tag(), bob.key(), bob.list());

        assertThat(sealery.seal(bob.tag(), hers, letter, clock.instant()))
                .isEqualTo(new Sealed.Refused(Sealed.Why.NOT_PINNED));
        assertThat(sealery.seal(bob.tag(), old, letter, clock.instant()))
                .isEqualTo(new Sealed.Refused(Sealed.Why.NOT_PINNED));
        assertThat(sealery.seal(Given.tag(7), old, letter, clock.instant()))
                .isEqualTo(new Sealed.Refused(Sealed.Why.NOT_PINNED));
    }

    @Test
    void sealsNothingWhileTheOwnerHasNotSaidWhoseAccountIsTheRightOne() {
        Account mallory = Account.at(bob.tag(), random).signedAnew();
        book.verify(bob.tag(), book.safetyNumber(bob.tag()).orElseThrow());
        book.learn(bob.tag(), mallory.key(), mallory.list());

        assertThat(sealery.seal(bob.tag(), bundle(bob), letter, clock.instant()))
                .isEqualTo(new Sealed.Refused(Sealed.Why.HELD));
    }

    @Test
    void sealsNothingOnAPhoneThatItsAccountDoesNotHave() {
        alice.phones.remove(0);
        book.own(alice.tag(), alice.signedAnew().pin());

        assertThat(sealery.seal(bob.tag(), bundle(bob), letter, clock.instant()))
                .isEqualTo(new Sealed.Refused(Sealed.Why.NOT_OURS));
    }

    private static Opaque to(Sealed.Envelopes sealed, DeviceId device) {
        return Objects.requireNonNull(sealed.envelopes().get(device));
    }

    private Opening opened(Identity phone, Opaque envelope) {
        return new Opener(
                        phone.tag(),
                        Objects.requireNonNull(prekeys.get(phone.device())),
                        tag -> Optional.of(alice.pin()))
                .open(envelope);
    }

    private void assertLeftOut(Bundle bundle, DeviceId device, LeftOut why) {
        assertThat(sealed(bundle).leftOut()).containsEntry(device, why);
        assertThat(sealed(bundle).envelopes()).doesNotContainKey(device);
    }

    private Sealed.Envelopes sealed(Bundle bundle) {
        return (Sealed.Envelopes) sealery.seal(bob.tag(), bundle, letter, clock.instant());
    }

    private Bundle bundle(Account account) {
        return new Bundle(
                account.key(),
                account.list(),
                account.phones.stream().map(phone -> give(phone.device())).toList());
    }

    private BundledPrekey give(DeviceId device) {
        return Objects.requireNonNull(broker.get(device))
                .give(Suite.X_WING.code())
                .orElseThrow();
    }

    private static Bundle with(Bundle bundle, List<BundledPrekey> prekeys) {
        return new Bundle(bundle.account(), bundle.list(), prekeys);
    }

    private static Bundle with(Bundle bundle, int which, BundledPrekey prekey) {
        List<BundledPrekey> prekeys = new ArrayList<>(bundle.prekeys());
        prekeys.set(which, prekey);
        return with(bundle, prekeys);
    }

    private static BundledPrekey moved(BundledPrekey given, DeviceId device) {
        return new BundledPrekey(device, given.lastResort(), given.prekey());
    }

    private static DeviceId device(Account account, int phone) {
        return account.phones.get(phone).device();
    }

    private Letter letter(Content content) {
        return new Letter(new MessageId(Given.bytes(random, MessageId.LENGTH)), Given.NOW, content);
    }
}
