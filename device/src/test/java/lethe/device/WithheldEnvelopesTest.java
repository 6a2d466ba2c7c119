package lethe.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lethe.core.identity.MessageId;
import lethe.core.protocol.ProblemType;
import lethe.core.receipt.ReceiptState;
import lethe.device.outbox.Outcome;
import lethe.device.outbox.Terms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A broker that keeps letters to itself. */
class WithheldEnvelopesTest {
    private final Scene scene = new Scene();
    private final Person alice = scene.person(1);
    private final Person bob = scene.person(2);

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void haveNoReceiptAndExpire() {
        scene.broker.meddling = parcel -> List.of();
        MessageId letter = alice.writes(bob, "withheld", Terms.livingFor(Duration.ofHours(1)));
        scene.eventually(() -> assertThat(alice.held()).hasSize(1));

        scene.passes(Duration.ofMinutes(59));
        assertThat(alice.ends(letter)).isEmpty();
        scene.passes(Duration.ofMinutes(10));

        scene.eventually(() -> assertThat(alice.ends(letter)).containsExactly(Scene.EXPIRED));
        assertThat(bob.texts()).isEmpty();
    }

    @Test
    void thatAreSaidToBeDeliveredCannotBeToldFromOthers() {
        scene.broker.meddling = parcel -> {
            scene.broker.claims(parcel);
            return List.of();
        };

        MessageId letter = alice.writes(bob, "withheld");

        scene.eventually(() -> assertThat(alice.ends(letter)).containsExactly(Scene.DELIVERED));
        bob.settles();
        assertThat(bob.texts()).isEmpty();
        assertThat(alice.notices()).isEmpty();
    }

    @Test
    void toSomebodyWhoIsSaidToBeGoneAreRejected() {
        scene.directory.refusing = tag -> Optional.of(ProblemType.NOT_FOUND);

        MessageId letter = alice.writes(bob, "are you gone?");

        scene.eventually(
                () -> assertThat(alice.ends(letter)).containsExactly(new Outcome.Receipted(ReceiptState.REJECTED)));
        assertThat(scene.broker.sent).isEmpty();
    }

    @Test
    void thatComeLateAreReadInTheirPlace() {
        scene.broker.meddling = parcel -> List.of();
        MessageId letter = alice.writes(bob, "late");
        scene.eventually(() -> assertThat(scene.broker.sent).hasSize(1));
        scene.passes(Duration.ofDays(2));

        scene.broker.deliver(scene.broker.sent.get(0));

        scene.eventually(() -> assertThat(bob.texts()).containsExactly("late"));
        scene.eventually(() -> assertThat(alice.ends(letter)).containsExactly(Scene.DELIVERED));
    }
}
