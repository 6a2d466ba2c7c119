package lethe.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lethe.core.identity.MessageId;
import lethe.device.LyingBroker.Parcel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A broker that delivers letters in another order, or counts wrong. */
class ReorderedEnvelopesTest {
    private final Scene scene = new Scene();
    private final Person alice = scene.person(1);
    private final Person bob = scene.person(2);

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void areAllReadAndTellWhenTheyWereWritten() {
        List<Parcel> kept = new ArrayList<>();
        scene.broker.meddling = parcel -> {
            kept.add(0, parcel);
            return kept.size() < 3 ? List.of() : kept;
        };

        MessageId first = alice.writes(bob, "one");
        scene.passes(Duration.ofSeconds(10));
        alice.writes(bob, "two");
        scene.passes(Duration.ofSeconds(10));
        MessageId last = alice.writes(bob, "three");

        scene.eventually(() -> assertThat(alice.ends(first)).containsExactly(Scene.DELIVERED));
        scene.eventually(() -> assertThat(alice.ends(last)).containsExactly(Scene.DELIVERED));
        scene.eventually(() -> assertThat(bob.texts()).containsExactly("three", "two", "one"));
        scene.eventually(() -> assertThat(bob.sentAt()).isSortedAccordingTo((one, other) -> other.compareTo(one)));
        assertThat(bob.unopenable()).isEmpty();
    }

    @Test
    void areTakenOnAnotherSessionIfOneIsMissingInTheCount() {
        scene.broker.skip();

        MessageId letter = alice.writes(bob, "counted wrong");
        scene.eventually(() -> assertThat(bob.breaks()).hasSize(1));
        assertThat(bob.texts()).isEmpty();

        scene.inTime(() -> alice.ends(letter).equals(List.of(Scene.DELIVERED)));
        scene.eventually(() -> assertThat(bob.texts()).containsExactly("counted wrong"));
    }
}
