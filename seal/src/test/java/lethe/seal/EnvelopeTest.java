package lethe.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import lethe.core.identity.Opaque;
import lethe.seal.content.Attachment;
import lethe.seal.content.Content;
import lethe.seal.content.Label;
import lethe.seal.content.Letter;
import lethe.seal.content.Mark;
import lethe.seal.crypto.Suite;
import lethe.seal.prekey.CheckedPrekey;
import lethe.seal.prekey.PrekeyKind;
import lethe.seal.prekey.PrekeyUse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What an untouched envelope does, and how long it is. */
class EnvelopeTest {
    private final Party alice = new Party(1);
    private final Party bob = new Party(2);

    @BeforeEach
    void bobKnowsAlice() {
        bob.pin(alice);
    }

    @ParameterizedTest
    @EnumSource
    void isOpenedByWhomItIsFor(Suite suite) {
        Letter letter = alice.text("hello from the other bank");
        CheckedPrekey prekey = bob.prekey(PrekeyKind.ONE_TIME, suite);

        assertThat(bob.opener().open(alice.seal(prekey, letter)))
                .isEqualTo(new Opening.Opened(
                        alice.certificate(),
                        Trust.Acquaintance.KNOWN,
                        letter,
                        new PrekeyUse(prekey.prekey().id(), null)));
    }

    @ParameterizedTest
    @CsvSource({"X25519, 630", "X_WING, 1718"})
    void isOfOneLengthForAShortTextAMarkAndASign(Suite suite, int length) {
        for (Content content : List.of(
                new Content.Text("see you at eight, at the other bank"),
                new Content.Marks(Mark.READ, List.of(alice.text("").id())),
                new Content.Typing(true))) {
            assertThat(alice.seal(bob.prekey(PrekeyKind.ONE_TIME, suite), alice.letter(content))
                            .length())
                    .isEqualTo(length);
        }
    }

    /** The list goes with it, whole, and shows in its length only when it is long. */
    @ParameterizedTest
    @CsvSource({"1, 630", "2, 630", "5, 630", "10, 1142"})
    void hidesHowManyDevicesItsSenderHas(int devices, int length) {
        Party carol = new Party(3);
        for (int i = 1; i < devices; i++) {
            carol.addDevice();
        }

        Opaque envelope = carol.seal(bob.prekey(PrekeyKind.ONE_TIME, Suite.X25519), carol.text("hello"));

        assertThat(envelope.length()).isEqualTo(length);
        assertThat(bob.opener().open(envelope))
                .isInstanceOfSatisfying(
                        Opening.Opened.class,
                        opened -> assertThat(opened.sender().list()).isEqualTo(carol.list()));
    }

    @ParameterizedTest
    @CsvSource({
        "X25519, 293, 512",
        "X25519, 294, 1024",
        "X25519, 805, 1024",
        "X25519, 1829, 2048",
        "X25519, 3877, 4096",
        "X25519, 16165, 16384",
        "X_WING, 293, 512",
        "X_WING, 16165, 16384"
    })
    void isPaddedToABucket(Suite suite, int text, int bucket) {
        Opaque envelope = alice.seal(bob.prekey(PrekeyKind.ONE_TIME, suite), alice.text("x".repeat(text)));

        assertThat(envelope.length()).isEqualTo(6 + suite.encapsulated() + 16 + 64 + bucket);
        assertThat(bob.opener().open(envelope)).isInstanceOf(Opening.Opened.class);
    }

    @ParameterizedTest
    @CsvSource({"X25519, 65199", "X_WING, 64111"})
    void takesNoMoreThanBrokersDo(Suite suite, int most) {
        CheckedPrekey prekey = bob.prekey(PrekeyKind.ONE_TIME, suite);
        Opaque largest = alice.seal(prekey, alice.text("x".repeat(most)));

        assertThat(largest.length()).isEqualTo(64 * 1024);
        assertThat(bob.opener().open(largest)).isInstanceOf(Opening.Opened.class);
        assertThat(alice.sealer().seal(prekey, alice.text("x".repeat(most + 1))))
                .isEqualTo(new Sealing.Unsealable(Sealing.Reason.TOO_LARGE));
    }

    @Test
    void carriesAFile() {
        Letter letter = alice.letter(new Attachment(new Label("bank.jpg", "image/jpeg"), alice.bytes(20_000)));

        Opening opening = bob.opener().open(alice.seal(bob.prekey(PrekeyKind.ONE_TIME, Suite.PREFERRED), letter));

        assertThat(opening)
                .isInstanceOfSatisfying(
                        Opening.Opened.class,
                        opened -> assertThat(opened.letter()).isEqualTo(letter));
    }

    @ParameterizedTest
    @EnumSource
    void isAnotherOneEachTime(Suite suite) {
        CheckedPrekey prekey = bob.prekey(PrekeyKind.LAST_RESORT, suite);
        Letter letter = alice.text("the same");

        assertThat(alice.seal(prekey, letter)).isNotEqualTo(alice.seal(prekey, letter));
    }

    /** Whoever sees it sees whom it is for in what is around it, and nothing of sender, account or letter. */
    @ParameterizedTest
    @EnumSource
    void showsNothingOfWhatIsInIt(Suite suite) {
        Letter letter = alice.text("hello from the other bank");
        String seen = hex(alice.seal(bob.prekey(PrekeyKind.ONE_TIME, suite), letter));

        assertThat(seen)
                .doesNotContain(hex(alice.tag.bytes()))
                .doesNotContain(hex(bob.tag.bytes()))
                .doesNotContain(hex(alice.account.publicKey().bytes()))
                .doesNotContain(hex(alice.devices.get(0).key().bytes()))
                .doesNotContain(hex(alice.devices.get(0).id().bytes()))
                .doesNotContain(hex(letter.id().bytes()))
                .doesNotContain(hex(Opaque.wrap(new byte[16])));
    }

    @Test
    void isSealedByTheDeviceOfTheCertificateOnly() {
        DeviceCertificate certificate = alice.certificate();

        assertThatThrownBy(() -> new Sealer(certificate, bob.keys.get(0), alice.random))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void printsNothingOfIt() {
        Letter letter = alice.text("hello");
        Opaque envelope = alice.seal(bob.prekey(PrekeyKind.ONE_TIME, Suite.X25519), letter);
        Opening opening = bob.opener().open(envelope);

        assertThat(opening)
                .hasToString(
                        "Opened[sender=DeviceCertificate[***], acquaintance=KNOWN, letter=Letter[***], use=PrekeyUse[0]]");
        assertThat(new Sealing.Sealed(envelope)).hasToString("Sealed[envelope=Opaque[630 bytes]]");
    }

    private static String hex(Opaque bytes) {
        return HexFormat.of().formatHex(bytes.shared());
    }
}
