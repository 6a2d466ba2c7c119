package lethe.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import lethe.core.identity.MessageId;
import lethe.core.receipt.ReceiptState;
import lethe.device.LyingBroker.Parcel;
import lethe.seal.Opening;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that delivers an envelope again. */
class ReplayedEnvelopeTest {
    private static final MessageId OTHER = Given.id(77);

    @TempDir
    Path files;

    private final Scene scene = new Scene();
    private final Person alice = scene.person(1);

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void isReadOnceUnderItsOwnId() {
        Person bob = scene.person(2);
        scene.broker.meddling = parcel -> List.of(parcel, parcel);

        MessageId first = alice.writes(bob, "once");
        alice.writes(bob, "then this");

        scene.eventually(() -> assertThat(bob.texts()).containsExactly("once", "then this"));
        scene.eventually(() -> assertThat(alice.ends(first)).containsExactly(Scene.DELIVERED));
        assertThat(bob.unopenable()).isEmpty();
    }

    @Test
    void isReadOnceUnderAnotherId() {
        Person bob = scene.person(2);
        scene.broker.meddling = parcel -> List.of(parcel, parcel.with(OTHER));

        alice.writes(bob, "once");

        scene.eventually(() -> assertThat(scene.broker.end(OTHER)).isEqualTo(ReceiptState.UNDECRYPTABLE));
        scene.eventually(() -> assertThat(bob.texts()).containsExactly("once"));
        scene.eventually(() -> assertThat(bob.unopenable()).containsExactly(Opening.Reason.NO_SUCH_PREKEY));
    }

    @Test
    void ofTheLastResortIsReadOnceUnderAnotherId() {
        Person bob = scene.person(2);
        scene.directory.drain(bob.device());
        scene.broker.meddling = parcel -> List.of(parcel, parcel.with(OTHER));

        alice.writes(bob, "once");

        scene.eventually(() -> assertThat(scene.broker.end(OTHER)).isEqualTo(ReceiptState.UNDECRYPTABLE));
        scene.eventually(() -> assertThat(bob.texts()).containsExactly("once"));
        scene.eventually(() -> assertThat(bob.unopenable()).containsExactly(Opening.Reason.SEEN_BEFORE));
    }

    @Test
    void afterARestartIsNotRead() {
        Person bob = scene.person(2, files);
        MessageId last = wroteOneOfEachKind(bob);
        scene.eventually(() -> assertThat(alice.ends(last)).containsExactly(Scene.DELIVERED));
        scene.gone(bob);
        bob.close();

        Person again = scene.person(22, files);

        assertNothingIsReadAgain(again);
        scene.eventually(() -> assertThat(again.unopenable())
                .containsExactly(Opening.Reason.NO_SUCH_PREKEY, Opening.Reason.SEEN_BEFORE));
    }

    @Test
    void afterADeathBetweenWritingAndAcknowledgingIsNotRead() {
        Person bob = scene.person(2, files);
        scene.broker.deaf = true;
        MessageId last = wroteOneOfEachKind(bob);
        assertThat(alice.ends(last)).isEmpty();
        scene.gone(bob);
        bob.dies();
        scene.broker.deaf = false;

        Person again = scene.person(22, files);

        scene.eventually(() -> assertThat(alice.ends(last)).containsExactly(Scene.DELIVERED));
        assertNothingIsReadAgain(again);
    }

    /** One opened by a one-time prekey, and one by the last resort. */
    private MessageId wroteOneOfEachKind(Person bob) {
        alice.writes(bob, "one-time");
        scene.eventually(() -> assertThat(bob.texts()).hasSize(1));
        scene.directory.drain(bob.device());
        MessageId last = alice.writes(bob, "last resort");
        scene.eventually(() -> assertThat(bob.texts()).containsExactly("one-time", "last resort"));
        return last;
    }

    private void assertNothingIsReadAgain(Person again) {
        List<Parcel> before = List.copyOf(scene.broker.sent);
        before.forEach(scene.broker::deliver);
        for (int i = 0; i < before.size(); i++) {
            scene.broker.deliver(before.get(i).with(Given.id(100 + i)));
        }
        alice.writes(again, "new");
        scene.eventually(() -> assertThat(again.texts()).containsExactly("new"));
    }
}
