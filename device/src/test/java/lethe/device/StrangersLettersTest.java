package lethe.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.ProblemType;
import lethe.core.receipt.ReceiptState;
import lethe.device.LyingBroker.Parcel;
import lethe.device.letters.Notice;
import lethe.seal.Opening;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Letters of somebody whom the phone does not know, which the broker has to be asked about. */
class StrangersLettersTest {
    private final Scene scene = new Scene();
    private final Person alice = scene.person(1);
    private final Person bob = scene.person(2);

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void areToldToBeTheFirst() {
        alice.writes(bob, "one");
        alice.writes(bob, "two");

        scene.eventually(() -> assertThat(bob.letters()).hasSize(2));
        scene.eventually(() ->
                assertThat(bob.letters()).extracting(LetheEvent.Received::first).containsExactly(true, false));
        scene.eventually(() ->
                assertThat(bob.letters()).extracting(LetheEvent.Received::from).containsOnly(alice.address()));
    }

    @Test
    void inTheNameOfAnAcquaintanceAreRefusedUnlessTheBrokerHelps() {
        acquainted();
        Bodies.AccountDevices truth = scene.shown(alice.address());
        Peer mallory = scene.impostor(alice);
        scene.show(alice.address(), truth);

        injected(1, mallory.write(bob.address(), bob.device(), "I am alice"));

        scene.eventually(() -> assertThat(scene.broker.end(Given.id(1))).isEqualTo(ReceiptState.UNDECRYPTABLE));
        scene.eventually(() -> assertThat(bob.texts()).containsExactly("acquainted"));
        scene.eventually(
                () -> assertThat(bob.notices()).containsExactly(new Notice.Unopenable(Opening.Reason.OTHER_ACCOUNT)));
    }

    @Test
    void inTheNameOfAnAcquaintanceAreShownWithAWarningIfTheBrokerHelps() {
        acquainted();
        Peer mallory = scene.impostor(alice);

        injected(1, mallory.write(bob.address(), bob.device(), "I am alice"));

        scene.eventually(() -> assertThat(bob.texts()).containsExactly("acquainted", "I am alice"));
        scene.eventually(
                () -> assertThat(bob.notices()).containsExactly(new Notice.AccountChanged(alice.address(), false)));
    }

    @Test
    void inTheNameOfSomebodyVerifiedAreNotShownEvenIfTheBrokerHelps() {
        acquainted();
        assertThat(bob.lethe
                        .acquaintances()
                        .verify(
                                alice.address(),
                                bob.lethe
                                        .acquaintances()
                                        .safetyNumber(alice.address())
                                        .orElseThrow()))
                .isTrue();
        Peer mallory = scene.impostor(alice);

        injected(1, mallory.write(bob.address(), bob.device(), "I am alice"));

        scene.eventually(() -> assertThat(scene.broker.end(Given.id(1))).isEqualTo(ReceiptState.UNDECRYPTABLE));
        scene.eventually(() -> assertThat(bob.texts()).containsExactly("acquainted"));
        scene.eventually(() -> assertThat(bob.notices()).contains(new Notice.AccountChanged(alice.address(), true)));
    }

    @Test
    void atAnAddressOfNobodyAreRefused() {
        Peer mallory = new Peer(66, scene.directory, scene.clock);
        Opaque envelope = mallory.write(bob.address(), bob.device(), "I was never here");
        scene.directory.remove(mallory.tag());

        injected(1, envelope);

        scene.eventually(() -> assertThat(scene.broker.end(Given.id(1))).isEqualTo(ReceiptState.UNDECRYPTABLE));
        assertThat(bob.texts()).isEmpty();
    }

    @Test
    void areReadOfAnAcquaintanceWhoHasOptedOutMeanwhile() {
        acquainted();
        scene.broker.meddling = parcel -> List.of();
        alice.writes(bob, "my last");
        scene.eventually(() -> assertThat(scene.broker.sent).hasSize(2));
        scene.directory.remove(alice.address());

        scene.broker.deliver(scene.broker.sent.get(1));

        scene.eventually(() -> assertThat(bob.texts()).containsExactly("acquainted", "my last"));
    }

    @Test
    void comeInOrderOnceTheBrokerAnswersAgain() {
        for (ProblemType refusal : List.of(ProblemType.TOO_MANY_REQUESTS, ProblemType.OVERLOADED)) {
            Person stranger = scene.person(refusal == ProblemType.OVERLOADED ? 5 : 6);
            AtomicInteger asked = refusing(stranger.address(), refusal);
            int before = bob.texts().size();
            stranger.writes(bob, "one");
            stranger.writes(bob, "two");
            scene.inTime(() -> asked.get() >= 3);
            scene.eventually(() -> assertThat(bob.texts()).hasSize(before));
            assertThat(bob.unopenable()).isEmpty();

            scene.directory.refusing = tag -> Optional.empty();

            scene.inTime(() -> bob.texts().size() == before + 2);
            scene.eventually(() -> assertThat(bob.texts()).endsWith("one", "two"));
        }
    }

    @Test
    void comeInOrderOnceTheBrokerNoLongerHangs() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        scene.directory.refusing = tag -> {
            if (tag.equals(alice.address())) {
                asked.incrementAndGet();
                awaits(hanging);
            }
            return Optional.empty();
        };
        MessageId first = alice.writes(bob, "one");
        MessageId second = alice.writes(bob, "two");
        scene.eventually(() -> assertThat(asked).hasValue(1));
        scene.eventually(() -> assertThat(scene.broker.sent).hasSize(2));
        assertThat(bob.texts()).isEmpty();

        hanging.countDown();

        scene.eventually(() -> assertThat(alice.ends(first)).containsExactly(Scene.DELIVERED));
        scene.eventually(() -> assertThat(alice.ends(second)).containsExactly(Scene.DELIVERED));
        scene.eventually(() -> assertThat(bob.texts()).containsExactly("one", "two"));
    }

    @Test
    void keepNobodyWaitingWhomThePhoneKnows() {
        acquainted();
        Person stranger = scene.person(5);
        AtomicInteger asked = refusing(stranger.address(), ProblemType.TOO_MANY_REQUESTS);
        stranger.writes(bob, "one");
        scene.eventually(() -> assertThat(asked.get()).isPositive());
        stranger.writes(bob, "two");
        scene.eventually(() -> assertThat(scene.broker.sent).hasSize(3));
        int sessions = scene.broker.sessions();

        MessageId letter = alice.writes(bob, "passes");

        scene.eventually(() -> assertThat(alice.ends(letter)).containsExactly(Scene.DELIVERED));
        scene.eventually(() -> assertThat(bob.texts()).containsExactly("acquainted", "passes"));
        scene.directory.refusing = tag -> Optional.empty();
        scene.inTime(() -> bob.texts().size() == 4);
        assertThat(bob.texts()).containsExactly("acquainted", "passes", "one", "two");
        assertThat(scene.broker.sessions()).as("the session stays").isEqualTo(sessions);
    }

    private void acquainted() {
        alice.writes(bob, "acquainted");
        scene.eventually(() -> assertThat(bob.texts()).containsExactly("acquainted"));
    }

    private AtomicInteger refusing(Tag somebody, ProblemType refusal) {
        AtomicInteger asked = new AtomicInteger();
        scene.directory.refusing = tag -> {
            boolean refused = tag.equals(somebody);
            asked.addAndGet(refused ? 1 : 0);
            return refused ? Optional.of(refusal) : Optional.empty();
        };
        return asked;
    }

    private void injected(int number, Opaque envelope) {
        scene.broker.deliver(new Parcel(Given.id(number), bob.device(), envelope));
    }

    private static void awaits(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
