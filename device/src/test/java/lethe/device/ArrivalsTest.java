package lethe.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.protocol.ServerFrame;
import lethe.core.protocol.Urgency;
import lethe.device.inbox.Admission;
import lethe.device.inbox.Inbox;
import lethe.device.inbox.InboxLimits;
import lethe.device.letters.Correspondence;
import lethe.device.outbox.SealAnswer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private final HandAlarm clock = new HandAlarm();
    private final Inbox inbox = Inbox.recovered(InboxLimits.usual(), List.of(), Given.NOW);
    private final Readings readings = new Readings();
    private Arrivals arrivals = session();
    private long seq;

    private Arrivals session() {
        seq = 0;
        return new Arrivals(inbox, readings, clock, new Random(1), Runnable::run);
    }

    @Test
    void areTakenInTheirOrder() {
        comes("friend 1");
        comes("friend 2");

        assertThat(taken()).containsExactly("friend 1", "friend 2");
        assertThat(arrivals.taken()).isEqualTo(2);
        assertThat(arrivals.decided()).isEqualTo(2);
        assertThat(readings.asked).isEmpty();
    }

    @Test
    void areNotTakenIfOneIsMissing() {
        comes("friend 1");

        assertThat(arrivals.came(deliver(3, "friend 3"))).isFalse();
        assertThat(arrivals.came(deliver(1, "friend 1"))).isFalse();

        assertThat(taken()).containsExactly("friend 1");
        assertThat(arrivals.upto()).isEqualTo(1);
    }

    @Test
    void areNotLookedIntoAgainOnceTheyWereTaken() {
        comes("friend 1");
        arrivals = session();
        readings.refusing = true;

        comes("friend 1");

        assertThat(arrivals.taken()).isEqualTo(1);
        assertThat(arrivals.decided()).isEqualTo(1);
        assertThat(arrivals.undecryptable()).isEmpty();
        assertThat(taken()).hasSize(1);
    }

    @Test
    void ofStrangersWaitForTheAnswerAndThoseOfFriendsPass() {
        comes("anna 1");
        comes("friend 1");
        comes("anna 2");
        comes("friend 2");

        assertThat(taken()).containsExactly("friend 1", "friend 2");
        assertThat(arrivals.upto()).isEqualTo(4);
        assertThat(arrivals.undecided()).containsExactly(1L, 3L);
        assertThat(arrivals.taken()).as("where a session may go on").isZero();
        assertThat(readings.asked).containsExactly("anna 1");

        readings.answers(readings.meets("anna"));

        assertThat(taken()).containsExactly("friend 1", "friend 2", "anna 1", "anna 2");
        assertThat(arrivals.undecided()).isEmpty();
        assertThat(arrivals.taken()).isEqualTo(4);
        assertThat(readings.asked).containsExactly("anna 1");
    }

    @Test
    void ofStrangersAreAskedAboutOneAfterTheOther() {
        comes("anna 1");
        comes("otto 1");
        comes("anna 2");
        assertThat(readings.asked).containsExactly("anna 1");

        readings.answers(new Admission.Refused());
        assertThat(readings.asked).containsExactly("anna 1", "otto 1");
        readings.answers(readings.meets("otto"));
        assertThat(readings.asked).containsExactly("anna 1", "otto 1", "anna 2");
        readings.answers(new Admission.Refused());

        assertThat(taken()).containsExactly("otto 1");
        assertThat(arrivals.undecryptable()).containsExactly(1L, 3L);
        assertThat(arrivals.upto()).isEqualTo(3);
        assertThat(arrivals.taken()).isZero();
    }

    @Test
    void stayInOrderIfTheirSenderBecomesKnownInBetween() {
        comes("anna 1");
        readings.meets("anna");

        comes("anna 2");

        assertThat(taken()).containsExactly("anna 1", "anna 2");
        readings.answers(new Admission.NotNow(null));
        assertThat(taken()).containsExactly("anna 1", "anna 2");
        assertThat(arrivals.undecided()).isEmpty();
    }

    @Test
    void thatComeTwiceWhileTheyWaitAreTakenOnce() {
        comes("anna 1");
        comes("anna 1");

        readings.answers(readings.meets("anna"));

        assertThat(taken()).containsExactly("anna 1");
        assertThat(arrivals.undecided()).isEmpty();
        assertThat(arrivals.decided()).isEqualTo(2);
    }

    @Test
    void areAskedAboutAgainLaterAndNotSoonerThanTold() {
        comes("anna 1");
        readings.answers(new Admission.NotNow(Duration.ofSeconds(30)));
        assertThat(arrivals.isOver()).isFalse();

        passes(Duration.ofSeconds(29));
        assertThat(readings.asked).hasSize(1);
        passes(Duration.ofSeconds(2));
        assertThat(readings.asked).hasSize(2);

        readings.answers(readings.meets("anna"));
        assertThat(taken()).containsExactly("anna 1");
    }

    @Test
    void areAskedAboutAgainSomeTimeWhateverABrokerTells() {
        comes("anna 1");
        readings.answers(new Admission.NotNow(Duration.ofSeconds(Long.MAX_VALUE)));

        passes(Duration.ofMinutes(6));

        assertThat(readings.asked).hasSize(2);
    }

    @Test
    void areAskedAboutAgainIfTheQuestionFails() {
        comes("anna 1");
        readings.question.completeExceptionally(new IllegalStateException("a defect"));

        passes(Duration.ofSeconds(2));

        assertThat(readings.asked).hasSize(2);
    }

    @Test
    void areNotTakenAfterTheSessionIsGone() {
        comes("anna 1");
        arrivals.leave();

        readings.answers(readings.meets("anna"));
        assertThat(arrivals.came(deliver(2, "friend 1"))).isTrue();
        arrivals.tick();

        assertThat(taken()).isEmpty();
        assertThat(arrivals.isOver()).isTrue();
    }

    @Test
    void thatWereRefusedAreRefusedAgainWhenTheyComeAgain() {
        comes("poison 1");
        assertThat(arrivals.undecryptable()).containsExactly(1L);
        arrivals = session();

        comes("poison 1");

        assertThat(arrivals.undecryptable()).as("its sender may not have heard").containsExactly(1L);
        assertThat(inbox.drain()).isEmpty();
    }

    @Test
    void areNoLongerTakenWhenTooManyWereRefused() {
        for (int i = 1; i <= 257; i++) {
            comes("poison " + i);
        }
        assertThat(arrivals.isOver()).isTrue();
        assertThat(arrivals.undecryptable())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 257).boxed().toList());

        comes("friend 1");

        assertThat(taken()).isEmpty();
        assertThat(arrivals.upto()).isEqualTo(257);
    }

    @Test
    void areNotAcknowledgedIfLookingIntoThemFails() {
        readings.failing = true;
        assertThatThrownBy(() -> comes("friend 1")).isInstanceOf(IllegalStateException.class);
        readings.failing = false;

        assertThat(arrivals.taken()).isZero();
        assertThat(arrivals.undecided()).containsExactly(1L);
        comes("friend 2");
        assertThat(taken()).containsExactly("friend 1", "friend 2");
        assertThat(arrivals.undecided()).isEmpty();
    }

    @Test
    void ofOneLetterThatWasSealedTwiceAreToldOnce() {
        readings.letter = Given.id(77);
        comes("friend 1");
        comes("friend 1 sealed anew");

        assertThat(taken()).containsExactly("friend 1");
        assertThat(arrivals.taken()).isEqualTo(2);
        assertThat(arrivals.undecryptable()).isEmpty();
    }

    private void comes(String text) {
        assertThat(arrivals.came(deliver(++seq, text))).isTrue();
    }

    private static ServerFrame.Deliver deliver(long seq, String text) {
        return new ServerFrame.Deliver(
                seq, Given.id(text.hashCode()), Duration.ofHours(1), Urgency.NORMAL, Given.body(text));
    }

    private void passes(Duration time) {
        clock.advance(time);
        arrivals.tick();
    }

    private List<String> taken() {
        return inbox.pending().stream().map(taken -> text(taken.body())).toList();
    }

    private static String text(Opaque body) {
        return new String(body.shared(), StandardCharsets.UTF_8);
    }

    /** Friends are read, poison is not, and of all others somebody has to be asked until they were met. */
    private static final class Readings implements Correspondence {
        final List<String> asked = new ArrayList<>();
        CompletableFuture<Admission> question = new CompletableFuture<>();
        boolean refusing;
        boolean failing;

        @Nullable
        MessageId letter;

        private final Set<String> met = new HashSet<>(Set.of("friend"));

        /** What is found of the message that is asked about when its sender is met. */
        Admission meets(String sender) {
            met.add(sender);
            return new Admission.Good(Given.body(asked.get(asked.size() - 1)), Opaque.empty());
        }

        void answers(Admission admission) {
            question.complete(admission);
        }

        @Override
        public CompletionStage<Admission> examine(MessageId id, Opaque body) {
            asked.add(text(body));
            question = new CompletableFuture<>();
            return question;
        }

        @Override
        public Admission examineAlone(MessageId id, Opaque body) {
            if (failing) {
                throw new IllegalStateException("the disk is full");
            }
            String sender = text(body).split(" ", -1)[0];
            if (refusing || sender.equals("poison")) {
                return new Admission.Refused();
            }
            return met.contains(sender) ? new Admission.Good(body, Opaque.empty(), letter) : new Admission.NotNow(null);
        }

        @Override
        public boolean take(Admission.Good good) {
            return true;
        }

        @Override
        public CompletionStage<SealAnswer> seal(Tag to, Opaque letter, Set<DeviceId> devices) {
            throw new AssertionError("nothing is sent");
        }

        @Override
        public void written() {}

        @Override
        public void takenBefore(Opaque use) {}
    }
}
