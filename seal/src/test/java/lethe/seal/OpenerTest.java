package lethe.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lethe.core.account.Device;
import lethe.core.identity.Opaque;
import lethe.seal.content.Content;
import lethe.seal.content.Letter;
import lethe.seal.crypto.SigningKey;
import lethe.seal.crypto.Suite;
import lethe.seal.prekey.CheckedPrekey;
import lethe.seal.prekey.MarkWindow;
import lethe.seal.prekey.PrekeyKind;
import lethe.seal.prekey.PrekeySecret;
import lethe.seal.prekey.PrekeyStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is not opened, and why not. */
class OpenerTest {
    private final Party alice = new Party(1);
    private final Party bob = new Party(2);
    private final Party mallory = new Party(3);

    @BeforeEach
    void bobKnowsAlice() {
        bob.pin(alice);
    }

    @ParameterizedTest
    @EnumSource
    void opensNoEnvelopeTwice(Suite suite) {
        for (PrekeyKind kind : PrekeyKind.values()) {
            Opaque envelope = alice.seal(bob.prekey(kind, suite), alice.text("once"));

            assertThat(bob.opener().open(envelope)).isInstanceOf(Opening.Opened.class);
            assertThat(bob.opener().open(envelope))
                    .isEqualTo(unopenable(
                            kind == PrekeyKind.ONE_TIME ? Opening.Reason.NO_SUCH_PREKEY : Opening.Reason.SEEN_BEFORE));
        }
    }

    @Test
    void opensSeveralLettersWithAPrekeyOfLastResortAndEachOnce() {
        CheckedPrekey lastResort = bob.prekey(PrekeyKind.LAST_RESORT, Suite.X25519);
        Letter letter = alice.text("one");
        Opaque sealedAgain = alice.seal(lastResort, letter);

        assertThat(bob.opener().open(alice.seal(lastResort, letter))).isInstanceOf(Opening.Opened.class);
        assertThat(bob.opener().open(alice.seal(lastResort, alice.text("two")))).isInstanceOf(Opening.Opened.class);
        assertThat(bob.opener().open(sealedAgain)).isEqualTo(unopenable(Opening.Reason.SEEN_BEFORE));
    }

    /** Another sender's letter under the same id is another letter. */
    @Test
    void takesAnIdOfEachDevice() {
        CheckedPrekey lastResort = bob.prekey(PrekeyKind.LAST_RESORT, Suite.X25519);
        Letter letter = alice.text("one");

        assertThat(bob.opener().open(mallory.seal(lastResort, letter))).isInstanceOf(Opening.Opened.class);
        assertThat(bob.opener().open(alice.seal(lastResort, letter))).isInstanceOf(Opening.Opened.class);
    }

    /** Strangers hear it first: they cannot bring a phone to turn away its friends. */
    @Test
    void asksForAnotherPrekeyOfLastResortWhenOneIsWornOut() {
        CheckedPrekey lastResort = bob.prekey(PrekeyKind.LAST_RESORT, Suite.X25519);
        Opaque before = mallory.seal(lastResort, mallory.text("while there was room"));
        assertThat(bob.opener().examine(before)).isInstanceOf(Opening.Opened.class);
        note(lastResort, MarkWindow.FOR_STRANGERS);

        assertThat(bob.opener().open(before)).isEqualTo(unopenable(Opening.Reason.PREKEY_WORN_OUT));
        assertThat(bob.opener().open(alice.seal(lastResort, alice.text("a friend's"))))
                .isInstanceOf(Opening.Opened.class);

        note(lastResort, MarkWindow.MOST - MarkWindow.FOR_STRANGERS - 1);
        assertThat(bob.opener().open(alice.seal(lastResort, alice.text("one too many"))))
                .isEqualTo(unopenable(Opening.Reason.PREKEY_WORN_OUT));
    }

    private void note(CheckedPrekey lastResort, int letters) {
        for (int i = 0; i < letters; i++) {
            bob.store.note(lastResort.prekey().id(), bob.bytes(16), PrekeyStore.Writer.PINNED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void examinesAsOftenAsItIsAskedAndUsesNothingUp(PrekeyKind kind) {
        Opaque envelope = alice.seal(bob.prekey(kind, Suite.X25519), alice.text("once"));
        Opening found = bob.opener().examine(envelope);

        assertThat(bob.opener().examine(envelope)).isEqualTo(found).isInstanceOf(Opening.Opened.class);
        assertThat(bob.opener().take((Opening.Opened) found)).isEqualTo(found);
        assertThat(bob.opener().examine(envelope)).isInstanceOf(Opening.Unopenable.class);
        assertThat(bob.opener().take((Opening.Opened) found)).isEqualTo(unopenable(Opening.Reason.SEEN_BEFORE));
    }

    @Test
    void examinesAgainWhenMoreIsKnownOfAnAddress() {
        Opaque envelope = alice.seal(bob.prekey(PrekeyKind.ONE_TIME, Suite.X25519), alice.text("a new phone"));
        bob.pins.put(alice.tag, Pin.of(mallory.certificate()));
        assertThat(bob.opener().examine(envelope))
                .isEqualTo(new Opening.Unopenable(Opening.Reason.OTHER_ACCOUNT, Optional.of(alice.certificate())));

        bob.pins.remove(alice.tag);
        assertThat(acquaintance(bob.opener().examine(envelope))).isEqualTo(Trust.Acquaintance.STRANGER);

        bob.pin(alice);
        Opening found = bob.opener().examine(envelope);
        assertThat(acquaintance(found)).isEqualTo(Trust.Acquaintance.KNOWN);
        assertThat(bob.opener().take((Opening.Opened) found)).isEqualTo(found);
    }

    /** A broker gave the same prekey to two: the first that is taken is the one. */
    @Test
    void takesOneOfTwoLettersThatWereSealedToOnePrekey() {
        CheckedPrekey given = bob.prekey(PrekeyKind.ONE_TIME, Suite.X25519);
        Opening.Opened one = (Opening.Opened) bob.opener().examine(alice.seal(given, alice.text("one")));
        Opening.Opened two = (Opening.Opened) bob.opener().examine(alice.seal(given, alice.text("two")));

        assertThat(bob.opener().take(two)).isEqualTo(two);
        assertThat(bob.opener().take(one)).isEqualTo(unopenable(Opening.Reason.SEEN_BEFORE));
    }

    @Test
    void takesNothingWhosePrekeyOfLastResortIsGone() {
        CheckedPrekey given = bob.prekey(PrekeyKind.LAST_RESORT, Suite.X25519);
        Opening.Opened opened = (Opening.Opened) bob.opener().examine(alice.seal(given, alice.text("late")));
        bob.store.destroy(given.prekey().id());

        assertThat(bob.opener().take(opened)).isEqualTo(unopenable(Opening.Reason.NO_SUCH_PREKEY));
    }

    @Test
    void opensAnEnvelopeForOneOfManyThreads() throws Exception {
        Opaque envelope = alice.seal(bob.prekey(PrekeyKind.ONE_TIME, Suite.X25519), alice.text("once"));
        Opener opener = bob.opener();
        Callable<Opening> open = () -> opener.open(envelope);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            long opened = 0;
            for (Future<Opening> each : threads.invokeAll(List.of(open, open, open, open, open, open, open, open))) {
                opened += each.get() instanceof Opening.Opened ? 1 : 0;
            }

            assertThat(opened).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void opensNothingThatIsNoEnvelope() {
        assertThat(bob.opener().open(Opaque.empty())).isEqualTo(unopenable(Opening.Reason.MALFORMED));
        assertThat(bob.opener().open(Opaque.wrap(new byte[] {1, 1, 0, 0, 0})))
                .isEqualTo(unopenable(Opening.Reason.MALFORMED));
        assertThat(bob.opener().open(Opaque.wrap(new byte[] {1, 1, 0, 0, 0, 0})))
                .isEqualTo(unopenable(Opening.Reason.MALFORMED));
        assertThat(bob.opener().open(with(envelope(Suite.X25519), 0, 2)))
                .isEqualTo(unopenable(Opening.Reason.OTHER_VERSION));
        assertThat(bob.opener().open(with(envelope(Suite.X25519), 1, 9)))
                .isEqualTo(unopenable(Opening.Reason.OTHER_SUITE));
    }

    @ParameterizedTest
    @EnumSource
    void opensNothingOfAnotherLength(Suite suite) {
        byte[] envelope = envelope(suite).toBytes();
        for (int length : new int[] {envelope.length - 1, envelope.length + 1, envelope.length / 2}) {
            assertThat(bob.opener().open(Opaque.wrap(Arrays.copyOf(envelope, length))))
                    .isEqualTo(unopenable(Opening.Reason.MALFORMED));
        }
        assertThat(bob.opener().open(Opaque.wrap(Arrays.copyOf(envelope, envelope.length + 512))))
                .isEqualTo(unopenable(Opening.Reason.NOT_FOR_US));
    }

    /** Every bit, once: header, encapsulated key, ciphertext, tag of the AEAD. */
    @Test
    void opensNothingWithAnyBitTurned() {
        Opaque envelope = envelope(Suite.X25519);
        for (int bit = 0; bit < envelope.length() * 8; bit++) {
            byte[] turned = envelope.toBytes();
            turned[bit / 8] ^= (byte) (1 << (bit % 8));

            assertThat(bob.opener().open(Opaque.wrap(turned))).isInstanceOf(Opening.Unopenable.class);
        }
        assertThat(bob.opener().open(envelope)).isInstanceOf(Opening.Opened.class);
    }

    @Test
    void opensNothingUnderAPrekeyOfTheOtherSuite() {
        CheckedPrekey xWing = bob.prekey(PrekeyKind.ONE_TIME, Suite.X_WING);
        byte[] envelope = envelope(Suite.X25519).toBytes();
        envelope[5] = (byte) xWing.prekey().id().bits();

        assertThat(bob.opener().open(Opaque.wrap(envelope))).isEqualTo(unopenable(Opening.Reason.OTHER_SUITE));
    }

    @Test
    void opensNothingUnderAnotherPrekey() {
        CheckedPrekey other = bob.prekey(PrekeyKind.ONE_TIME, Suite.X25519);
        byte[] envelope = envelope(Suite.X25519).toBytes();
        envelope[5] = (byte) other.prekey().id().bits();

        assertThat(bob.opener().open(Opaque.wrap(envelope))).isEqualTo(unopenable(Opening.Reason.NOT_FOR_US));
    }

    /** The same secret with another address: the address is part of what both ends agree on. */
    @Test
    void opensNothingForAnotherAddress() {
        Opaque envelope = envelope(Suite.X25519);

        assertThat(new Opener(mallory.tag, bob.store, tag -> Optional.empty()).open(envelope))
                .isEqualTo(unopenable(Opening.Reason.NOT_FOR_US));
    }

    /** Mallory gets a letter of Alice's, and seals its signed part to Bob as it is. */
    @Test
    void opensNothingThatWasSignedForSomebodyElse() {
        CheckedPrekey mallorys = mallory.prekey(PrekeyKind.ONE_TIME, Suite.X25519);
        Opaque envelope = alice.seal(mallorys, alice.text("not to Bob"));
        PrekeySecret secret = mallory.store.find(mallorys.prekey().id()).orElseThrow();

        Opaque resealed = Forger.reseal(
                envelope, secret, mallory.tag, bob.prekey(PrekeyKind.ONE_TIME, Suite.X25519), mallory.random);

        assertThat(bob.opener().open(resealed)).isEqualTo(unopenable(Opening.Reason.FORGED));
    }

    @Test
    void opensNothingOfADeviceThatItsAccountDidNotList() {
        SigningKey own = SigningKey.draw(mallory.random);
        Device device = new Device(alice.devices.get(0).id(), own.publicKey());
        DeviceCertificate forged = new DeviceCertificate(
                alice.tag, alice.account.publicKey(), alice.list(mallory.account, 2, List.of(device)), device.id());

        assertThat(bob.opener().open(sealed(forged, own))).isEqualTo(unopenable(Opening.Reason.FORGED_LIST));
    }

    @Test
    void opensNothingOfAnotherAccountUnderAPinnedAddress() {
        SigningKey own = SigningKey.draw(mallory.random);
        Device device = new Device(alice.devices.get(0).id(), own.publicKey());
        DeviceCertificate other = new DeviceCertificate(
                alice.tag, mallory.account.publicKey(), alice.list(mallory.account, 2, List.of(device)), device.id());

        assertThat(bob.opener().open(sealed(other, own)))
                .isEqualTo(new Opening.Unopenable(Opening.Reason.OTHER_ACCOUNT, Optional.of(other)));
    }

    @Test
    void opensNothingOfADeviceThatWasRemoved() {
        alice.addDevice();
        DeviceCertificate old = new DeviceCertificate(
                alice.tag,
                alice.account.publicKey(),
                alice.list(),
                alice.devices.get(1).id());
        SigningKey lost = alice.keys.get(1);
        alice.devices.remove(1);
        alice.version = 2;
        bob.pin(alice);

        assertThat(bob.opener().open(sealed(old, lost))).isEqualTo(unopenable(Opening.Reason.REMOVED_DEVICE));
    }

    @Test
    void opensNothingOfAnAccountThatSignsTwoLists() {
        DeviceCertificate one = alice.certificate();
        alice.addDevice();
        bob.pin(alice);

        assertThat(bob.opener().open(sealed(one, alice.keys.get(0)))).isEqualTo(unopenable(Opening.Reason.TWO_LISTS));
    }

    @Test
    void tellsHowWellTheSenderIsKnown() {
        assertThat(acquaintance()).isEqualTo(Trust.Acquaintance.KNOWN);
        DeviceCertificate old = alice.certificate();
        alice.addDevice();
        alice.version = 2;
        assertThat(acquaintance()).isEqualTo(Trust.Acquaintance.NEWER_DEVICES);
        bob.pin(alice);
        assertThat(bob.opener().open(sealed(old, alice.keys.get(0))))
                .isInstanceOfSatisfying(
                        Opening.Opened.class,
                        opened -> assertThat(opened.acquaintance()).isEqualTo(Trust.Acquaintance.KNOWN));
        bob.pins.clear();
        assertThat(acquaintance()).isEqualTo(Trust.Acquaintance.STRANGER);
    }

    @Test
    void takesCopiesOfItsOwnAccountOnly() {
        Letter copy = bob.letter(new Content.Copy(alice.tag, new Content.Text("to Alice")));
        CheckedPrekey to = bob.prekey(PrekeyKind.LAST_RESORT, Suite.X25519);

        assertThat(bob.opener().open(bob.seal(to, copy))).isEqualTo(unopenable(Opening.Reason.OTHER_ACCOUNT));
        bob.pin(bob);
        assertThat(bob.opener().open(bob.seal(to, copy))).isInstanceOf(Opening.Opened.class);
        assertThat(bob.opener().open(alice.seal(to, copy))).isEqualTo(unopenable(Opening.Reason.FOREIGN_COPY));
    }

    /** What a sender that is believed wrote, and what cannot be read all the same, uses nothing up. */
    @Test
    void opensNothingUnreadable() {
        CheckedPrekey to = bob.prekey(PrekeyKind.ONE_TIME, Suite.X25519);
        Opaque[] unreadable = {
            Forger.padded(new byte[0], 0),
            Forger.padded(new byte[100], 0),
            Forger.said(alice.certificate(), Opaque.empty(), 0),
            Forger.said(alice.certificate(), alice.text("padded with something").encode(), 1),
            Forger.said(alice.certificate(), Opaque.wrap(new byte[] {1, 2, 3}), 0),
        };
        for (Opaque padded : unreadable) {
            assertThat(bob.opener().open(Forger.seal(to, padded, alice.keys.get(0), mallory.random)))
                    .isEqualTo(unopenable(Opening.Reason.UNREADABLE));
        }
        assertThat(bob.opener().open(alice.seal(to, alice.text("and now")))).isInstanceOf(Opening.Opened.class);
    }

    @Test
    void answersAnythingAtAll() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(2_000)];
            random.nextBytes(bytes);
            if (bytes.length > 1) {
                bytes[0] = 1;
                bytes[1] = (byte) random.nextInt(4);
            }

            assertThat(bob.opener().open(Opaque.wrap(bytes))).isInstanceOf(Opening.Unopenable.class);
        }
    }

    private Trust.Acquaintance acquaintance() {
        Opening opening =
                bob.opener().open(alice.seal(bob.prekey(PrekeyKind.ONE_TIME, Suite.X25519), alice.text("hello")));
        return acquaintance(opening);
    }

    private static Trust.Acquaintance acquaintance(Opening opening) {
        return ((Opening.Opened) opening).acquaintance();
    }

    private Opaque envelope(Suite suite) {
        return alice.seal(bob.prekey(PrekeyKind.ONE_TIME, suite), alice.text("hello"));
    }

    private Opaque sealed(DeviceCertificate certificate, SigningKey key) {
        return Party.sealed(new Sealer(certificate, key, mallory.random)
                .seal(bob.prekey(PrekeyKind.ONE_TIME, Suite.X25519), alice.text("hello")));
    }

    private static Opaque with(Opaque envelope, int at, int value) {
        byte[] bytes = envelope.toBytes();
        bytes[at] = (byte) value;
        return Opaque.wrap(bytes);
    }

    private static Opening unopenable(Opening.Reason reason) {
        return new Opening.Unopenable(reason);
    }
}
