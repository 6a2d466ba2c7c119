package lethe.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.receipt.ReceiptState;
import lethe.device.LyingBroker.Parcel;
import lethe.seal.Opening;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A broker that changes envelopes, makes some up, or gives them to others. */
class AlteredEnvelopesTest {
    private static final MessageId OTHER = Given.id(77);

    private final Random random = new Random(8);
    private final Scene scene = new Scene();
    private final Person alice = scene.person(1);
    private final Person bob = scene.person(2);

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void areSealedAnewOnceAndRead() {
        AtomicBoolean alters = new AtomicBoolean();
        scene.broker.meddling =
                parcel -> List.of(alters.getAndSet(false) ? parcel.with(flipped(parcel.body())) : parcel);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            alters.set(true);
            texts.add("letter " + i);
            MessageId letter = alice.writes(bob, texts.get(i));
            scene.eventually(() -> assertThat(alice.ends(letter)).containsExactly(Scene.DELIVERED));
        }

        scene.eventually(() -> assertThat(bob.texts()).isEqualTo(texts));
        assertThat(scene.broker.sent).hasSize(40);
        scene.eventually(() -> assertThat(bob.unopenable()).hasSize(20));
        assertThat(bob.uncaught).isEmpty();
    }

    @Test
    void thatAreAlwaysAlteredEndAsUndecryptable() {
        scene.broker.meddling = parcel -> List.of(parcel.with(flipped(parcel.body())));

        MessageId letter = alice.writes(bob, "never read");

        scene.eventually(() -> assertThat(alice.ends(letter)).containsExactly(Scene.UNDECRYPTABLE));
        assertThat(scene.broker.sent).hasSize(2);
        assertThat(bob.texts()).isEmpty();
        scene.eventually(() -> assertThat(bob.unopenable()).hasSize(2));
    }

    @Test
    void thatAreShortenedEndAsUndecryptable() {
        scene.broker.meddling = parcel ->
                List.of(parcel.with(Opaque.wrap(Arrays.copyOf(parcel.body().shared(), 100))));

        MessageId letter = alice.writes(bob, "never read");

        scene.eventually(() -> assertThat(alice.ends(letter)).containsExactly(Scene.UNDECRYPTABLE));
        scene.eventually(
                () -> assertThat(bob.unopenable()).containsExactly(Opening.Reason.MALFORMED, Opening.Reason.MALFORMED));
    }

    @Test
    void forAnotherDeviceAreNotOpened() {
        Person tablet = scene.linked(3, bob);
        scene.broker.meddling = parcel -> parcel.to().equals(bob.device())
                ? List.of(parcel, parcel.to(tablet.device()).with(OTHER))
                : List.of();

        alice.writes(bob, "to the phone");

        scene.eventually(() -> assertThat(scene.broker.end(OTHER)).isEqualTo(ReceiptState.UNDECRYPTABLE));
        scene.eventually(() -> assertThat(bob.texts()).containsExactly("to the phone"));
        assertThat(tablet.texts()).isEmpty();
        scene.eventually(() -> assertThat(tablet.unopenable()).hasSize(1));
    }

    @Test
    void forSomebodyElseAreNotOpened() {
        Person carol = scene.person(4);
        scene.broker.meddling =
                parcel -> List.of(parcel, parcel.to(carol.device()).with(OTHER));

        alice.writes(bob, "to bob");

        scene.eventually(() -> assertThat(scene.broker.end(OTHER)).isEqualTo(ReceiptState.UNDECRYPTABLE));
        scene.eventually(() -> assertThat(bob.texts()).containsExactly("to bob"));
        assertThat(carol.texts()).isEmpty();
        scene.eventually(() -> assertThat(carol.unopenable()).hasSize(1));
    }

    @Test
    void ofHundredsNoneEndsThePhoneOrKeepsBackWhatComesLater() {
        alice.writes(bob, "before");
        scene.eventually(() -> assertThat(bob.texts()).containsExactly("before"));
        Opaque real = scene.broker.sent.get(0).body();
        for (int i = 0; i < 300; i++) {
            Opaque poison = i % 3 == 0 ? noise() : flipped(real);
            scene.broker.deliver(new Parcel(Given.id(1_000 + i), bob.device(), poison));
        }
        MessageId letter = alice.writes(bob, "after");

        scene.inTime(() -> alice.ends(letter).equals(List.of(Scene.DELIVERED)));
        scene.eventually(() -> assertThat(bob.texts()).containsExactly("before", "after"));
        for (int i = 0; i < 300; i++) {
            assertThat(scene.broker.end(Given.id(1_000 + i))).isEqualTo(ReceiptState.UNDECRYPTABLE);
        }
        assertThat(bob.uncaught).isEmpty();
        scene.eventually(() ->
                assertThat(bob.breaks()).as("an acknowledgement names no more").hasSize(1));
    }

    /** Nothing that looks like a piece of a larger file: that is dropped, and nobody hears of it. */
    private Opaque noise() {
        byte[] bytes = new byte[random.nextInt(2_000)];
        random.nextBytes(bytes);
        if (bytes.length > 0) {
            bytes[0] &= 0x7f;
        }
        return Opaque.wrap(bytes);
    }

    private Opaque flipped(Opaque envelope) {
        byte[] bytes = envelope.shared().clone();
        bytes[1 + random.nextInt(bytes.length - 1)] ^= (byte) (1 << random.nextInt(8));
        return Opaque.wrap(bytes);
    }
}
