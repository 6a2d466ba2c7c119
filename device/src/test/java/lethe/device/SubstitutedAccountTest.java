package lethe.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.protocol.Bodies;
import lethe.device.letters.Notice;
import lethe.device.outbox.Outcome;
import lethe.device.outbox.Terms;
import lethe.device.sms.SmsResult;
import lethe.seal.safety.SafetyNumber;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A broker that shows somebody else's account at an address. */
class SubstitutedAccountTest {
    private final Scene scene = new Scene();
    private final Person alice = scene.person(1);
    private final Person bob = scene.person(2);

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void isBelievedOfAStrangerAndOnlyTheSafetyNumbersTell() {
        SafetyNumber ofBob = SafetyNumber.of(
                bob.address(),
                bob.identity.account().orElseThrow(),
                alice.address(),
                alice.identity.account().orElseThrow());
        Peer mallory = scene.impostor(bob);

        alice.writes(bob, "to a stranger");

        scene.eventually(() -> assertThat(scene.broker.sent).hasSize(1));
        assertThat(mallory.text(lastSent())).isEqualTo("to a stranger");
        assertThat(alice.notices()).isEmpty();
        assertThat(alice.lethe.acquaintances().safetyNumber(bob.address()))
                .isPresent()
                .isNotEqualTo(Optional.of(ofBob));
    }

    @Test
    void ofAnAcquaintanceIsPinnedAndTold() {
        alice.writes(bob, "to bob");
        scene.eventually(() -> assertThat(bob.texts()).containsExactly("to bob"));
        Peer mallory = scene.impostor(bob);

        alice.writes(bob, "to whom?");
        alice.writes(bob, "and this?");

        scene.eventually(() -> assertThat(scene.broker.sent).hasSize(3));
        assertThat(mallory.text(lastSent())).isEqualTo("and this?");
        scene.eventually(
                () -> assertThat(alice.notices()).containsExactly(new Notice.AccountChanged(bob.address(), false)));
        assertThat(alice.lethe
                        .acquaintances()
                        .find(bob.address())
                        .orElseThrow()
                        .pin()
                        .account())
                .isEqualTo(mallory.identity.account().orElseThrow());
    }

    @Test
    void ofSomebodyVerifiedHoldsLettersAndAnSmsGoesByItsTermsOnly() {
        verified();
        scene.impostor(bob);

        MessageId held = alice.writes(bob, "held");
        MessageId bySms = alice.writes(bob, "by SMS else", Terms.smsAfter(Duration.ofSeconds(30)));

        scene.eventually(
                () -> assertThat(alice.notices()).containsExactly(new Notice.AccountChanged(bob.address(), true)));
        scene.passes(Duration.ofSeconds(29));
        assertThat(alice.atModem).isEmpty();
        scene.passes(Scene.A_WHILE);
        scene.eventually(() -> assertThat(alice.ends(bySms)).containsExactly(new Outcome.BySms(SmsResult.SENT)));
        scene.eventually(() -> assertThat(alice.atModem).containsExactly(bySms));
        assertThat(alice.ends(held)).isEmpty();
        assertThat(scene.broker.sent).as("but for the one before").hasSize(1);
        scene.passes(Duration.ofDays(3));
        scene.eventually(() -> assertThat(alice.ends(held)).containsExactly(Scene.EXPIRED));
        assertThat(scene.broker.sent).hasSize(1);
    }

    @Test
    void ofSomebodyVerifiedGetsWhatWaitedOnceTheOwnerAcceptsIt() {
        verified();
        Peer mallory = scene.impostor(bob);
        alice.writes(bob, "who are you?");
        scene.eventually(() -> assertThat(alice.notices()).hasSize(1));

        assertThat(alice.lethe
                        .acquaintances()
                        .accept(bob.address(), bob.identity.account().orElseThrow()))
                .isFalse();
        assertThat(alice.lethe
                        .acquaintances()
                        .accept(bob.address(), mallory.identity.account().orElseThrow()))
                .isTrue();

        scene.eventually(() -> assertThat(scene.broker.sent).hasSize(2));
        assertThat(mallory.text(lastSent())).isEqualTo("who are you?");
    }

    @Test
    void isOverOnceTheOwnerHasComparedWithTheRightOneAgain() {
        Bodies.AccountDevices truth = scene.shown(bob.address());
        SafetyNumber number = verified();
        scene.impostor(bob);
        MessageId waiting = alice.writes(bob, "still you");
        scene.eventually(() -> assertThat(alice.notices()).hasSize(1));

        scene.show(bob.address(), truth);
        assertThat(alice.lethe.acquaintances().verify(bob.address(), number)).isTrue();

        scene.eventually(() -> assertThat(alice.ends(waiting)).containsExactly(Scene.DELIVERED));
        scene.eventually(() -> assertThat(bob.texts()).containsExactly("hello", "still you"));
    }

    @Test
    void ofSomebodyVerifiedHoldsAgainIfItIsShownAgain() {
        SafetyNumber number = verified();
        scene.impostor(bob);
        alice.writes(bob, "never to mallory");
        scene.eventually(() -> assertThat(alice.notices()).hasSize(1));

        alice.lethe.acquaintances().verify(bob.address(), number);

        scene.eventually(() -> assertThat(alice.notices())
                .containsExactly(
                        new Notice.AccountChanged(bob.address(), true),
                        new Notice.AccountChanged(bob.address(), true)));
        assertThat(scene.broker.sent).hasSize(1);
    }

    private SafetyNumber verified() {
        alice.writes(bob, "hello");
        scene.eventually(() -> assertThat(bob.texts()).containsExactly("hello"));
        SafetyNumber number =
                bob.lethe.acquaintances().safetyNumber(alice.address()).orElseThrow();
        assertThat(alice.lethe.acquaintances().verify(bob.address(), number)).isTrue();
        return number;
    }

    private Opaque lastSent() {
        return scene.broker.sent.get(scene.broker.sent.size() - 1).body();
    }
}
