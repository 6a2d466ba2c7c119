package lethe.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import lethe.client.sealing.SmsWording;
import lethe.core.identity.MessageId;
import lethe.core.identity.Tag;
import lethe.device.outbox.Terms;
import lethe.device.sms.SmsArrival;
import lethe.device.sms.SmsCopy;
import lethe.seal.content.Content;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A letter and the SMS that stands for it, of which the recipient's phone gets both. */
class MergedSmsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @TempDir
    private Path files;

    private final Scene scene = new Scene();
    private final Person alice = scene.person(1);
    private Person bob;

    @BeforeEach
    void begin() {
        bob = scene.person(2, files);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void theLetterIsNotNewIfTheSmsCameFirst() {
        String sms = writesWhatIsHeldBack("call me");

        assertThat(arrives(null, sms)).isEqualTo(SmsArrival.FIRST);
        assertThat(arrives(null, sms)).as("the same once more").isEqualTo(SmsArrival.DUPLICATE);
        restarts();
        comesOverIp();

        scene.eventually(() -> assertThat(asSms()).containsExactly("call me"));
        assertThat(bob.letters()).isEmpty();
        MessageId letter = scene.broker.sent.get(0).id();
        scene.eventually(() -> assertThat(scene.broker.end(letter)).isNotNull());
        assertThat(arrives(null, sms)).isEqualTo(SmsArrival.DUPLICATE);
    }

    @Test
    void theSmsIsADuplicateIfTheLetterCameFirst() {
        String sms = writesWhatIsHeldBack("call me");
        comesOverIp();
        scene.eventually(() -> assertThat(bob.texts()).containsExactly("call me"));

        assertThat(arrives(null, sms)).isEqualTo(SmsArrival.DUPLICATE);
        restarts();
        assertThat(arrives(alice.address(), sms)).isEqualTo(SmsArrival.DUPLICATE);
        assertThat(asSms()).isEmpty();
    }

    /** Who guesses or has seen a tag makes no letter disappear. */
    @Test
    void theLetterIsNewIfTheSmsSaidSomethingElseOrWasOfSomebodyElse() {
        String sms = writesWhatIsHeldBack("call me");
        Person carol = scene.person(3);

        assertThat(arrives(null, "do not call me" + sms.substring("call me".length())))
                .isEqualTo(SmsArrival.FIRST);
        assertThat(arrives(carol.address(), sms)).isEqualTo(SmsArrival.FIRST);
        comesOverIp();

        scene.eventually(() -> assertThat(bob.texts()).containsExactly("call me"));
        assertThat(asSms()).isEmpty();
    }

    @Test
    void aNoticeKeepsNoLetterFromBeingNewAndIsNoneAfterIt() {
        SmsWording wording = writes("call me", Terms.noticeAfter(DEADLINE), SmsCopy.notice(Given.NUMBER, "en"));
        String notice = "There is a message for you. " + ((SmsWording.Notice) wording).mark();

        assertThat(arrives(null, notice)).isEqualTo(SmsArrival.FIRST);
        comesOverIp();
        scene.eventually(() -> assertThat(bob.texts()).containsExactly("call me"));

        assertThat(arrives(null, notice)).isEqualTo(SmsArrival.DUPLICATE);
    }

    @Test
    void whatHasNoTagIsNoneOfLethes() {
        assertThat(arrives(null, "hello")).isEqualTo(SmsArrival.UNMARKED);
        assertThat(arrives(alice.address(), "hello #nothing")).isEqualTo(SmsArrival.UNMARKED);
    }

    @Test
    void whoeverOptsOutForgetsSms() {
        String sms = writesWhatIsHeldBack("call me");
        assertThat(arrives(null, sms)).isEqualTo(SmsArrival.FIRST);

        bob.lethe.optOut().toCompletableFuture().join();

        assertThat(arrives(null, sms)).isEqualTo(SmsArrival.UNMARKED);
        bob.optsIn();
        assertThat(arrives(null, sms)).isEqualTo(SmsArrival.FIRST);
    }

    /** What the gateway would say in place of a text that the broker has and does not deliver. */
    private String writesWhatIsHeldBack(String text) {
        return ((SmsWording.Text) writes(text, Terms.gatewayAfter(DEADLINE), Given.sms(text))).text();
    }

    private SmsWording writes(String text, Terms terms, SmsCopy sms) {
        scene.broker.meddling = parcel -> List.of();
        Sending sending = alice.lethe
                .write(bob.address(), new Content.Text(text), terms, sms)
                .toCompletableFuture()
                .join();
        assertThat(sending).isInstanceOf(Sending.Accepted.class);
        scene.eventually(() -> assertThat(scene.broker.sent).hasSize(1));
        MessageId id = scene.broker.sent.get(0).id();
        return Person.GATEWAY
                .open(Objects.requireNonNull(scene.broker.capsules.get(id)), id)
                .orElseThrow()
                .wording();
    }

    private void comesOverIp() {
        scene.broker.deliver(scene.broker.sent.get(0));
    }

    private SmsArrival arrives(@Nullable Tag from, String text) {
        return bob.lethe.smsArrived(from, text).toCompletableFuture().join();
    }

    private List<String> asSms() {
        return bob.heard.stream()
                .filter(LetheEvent.CameAsSms.class::isInstance)
                .map(event -> ((LetheEvent.CameAsSms) event).letter().content())
                .map(content -> ((Content.Text) content).body())
                .toList();
    }

    private void restarts() {
        scene.gone(bob);
        bob.dies();
        bob = scene.person(2, files);
    }
}
