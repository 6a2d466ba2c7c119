package lethe.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import lethe.core.identity.MessageId;
import lethe.core.protocol.PrekeyBodies.Bundle;
import lethe.seal.Opening;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A broker that gives a one-time prekey again. */
class RepeatedPrekeyTest {
    private final Scene scene = new Scene();
    private final Person alice = scene.person(1);
    private final Person carol = scene.person(3);
    private final Person bob = scene.person(2);

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void makesTheSecondLetterBeSealedAnew() {
        givesTheFirstOne(2);
        alice.writes(bob, "first");
        scene.eventually(() -> assertThat(bob.texts()).containsExactly("first"));

        MessageId second = carol.writes(bob, "second");

        scene.eventually(() -> assertThat(carol.ends(second)).containsExactly(Scene.DELIVERED));
        scene.eventually(() -> assertThat(bob.texts()).containsExactly("first", "second"));
        scene.eventually(() -> assertThat(bob.unopenable()).containsExactly(Opening.Reason.NO_SUCH_PREKEY));
        assertThat(scene.broker.sent).hasSize(3);
    }

    @Test
    void onceMoreEndsTheLetter() {
        givesTheFirstOne(3);
        alice.writes(bob, "first");
        scene.eventually(() -> assertThat(bob.texts()).containsExactly("first"));

        MessageId second = carol.writes(bob, "never");

        scene.eventually(() -> assertThat(carol.ends(second)).containsExactly(Scene.UNDECRYPTABLE));
        scene.eventually(() -> assertThat(bob.texts()).containsExactly("first"));
        assertThat(scene.broker.sent).hasSize(3);
        MessageId third = carol.writes(bob, "third");
        scene.eventually(() -> assertThat(carol.ends(third)).containsExactly(Scene.DELIVERED));
    }

    @Test
    void toTwoAtOnceLosesNeitherLetter() {
        givesTheFirstOne(2);
        MessageId one = alice.writes(bob, "one");
        MessageId two = carol.writes(bob, "two");

        scene.eventually(() -> assertThat(alice.ends(one)).containsExactly(Scene.DELIVERED));
        scene.eventually(() -> assertThat(carol.ends(two)).containsExactly(Scene.DELIVERED));
        scene.eventually(() -> assertThat(bob.texts()).containsExactlyInAnyOrder("one", "two"));
    }

    @Test
    void isNoMatterOfTheLastResort() {
        scene.directory.drain(bob.device());
        List<String> texts = List.of("one", "two", "three", "four");

        texts.forEach(text -> alice.writes(bob, text));
        scene.eventually(() -> assertThat(bob.texts()).isEqualTo(texts));
        MessageId another = carol.writes(bob, "from another");

        scene.eventually(() -> assertThat(carol.ends(another)).containsExactly(Scene.DELIVERED));
        assertThat(bob.unopenable()).isEmpty();
    }

    /** To so many askers. */
    private void givesTheFirstOne(int times) {
        AtomicReference<Bundle> first = new AtomicReference<>();
        AtomicInteger given = new AtomicInteger();
        scene.givesFor(bob, bundle -> {
            first.compareAndSet(null, bundle);
            return given.incrementAndGet() <= times ? first.get() : bundle;
        });
    }
}
