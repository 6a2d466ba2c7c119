package lethe.broker.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import java.util.List;
import lethe.broker.subscriber.SubscriberCommand.Acknowledge;
import lethe.broker.subscriber.SubscriberCommand.Grant;
import lethe.core.identity.Opaque;
import lethe.core.identity.SessionId;
import org.junit.jupiter.api.Test;

class RepeatsTest {
    private static final SessionId SESSION = session(1);

    private final TestInbox<ToSession> phone = TestInbox.create();
    private final Repeats repeats = new Repeats();

    private static SessionId session(int number) {
        byte[] bytes = new byte[SessionId.LENGTH];
        bytes[0] = (byte) number;
        return new SessionId(Opaque.wrap(bytes));
    }

    private Acknowledge upto(long upto) {
        return new Acknowledge(SESSION, upto, List.of(), List.of(), phone.getRef());
    }

    @Test
    void containsLaterAcknowledgementsInTheFirst() {
        Acknowledge first = upto(1);
        repeats.waits(first);

        assertThat(repeats.contain(upto(3))).isTrue();
        assertThat(repeats.contain(upto(2))).isTrue();
        assertThat(repeats.inFull(first)).isEqualTo(upto(3));
    }

    @Test
    void beginsAnewWhenTheFirstIsHandled() {
        Acknowledge first = upto(1);
        repeats.waits(first);
        repeats.inFull(first);

        assertThat(repeats.contain(upto(2))).isFalse();
    }

    @Test
    void addsUpCredit() {
        Grant first = new Grant(SESSION, 5, phone.getRef());
        repeats.waits(first);
        repeats.contain(new Grant(SESSION, 7, phone.getRef()));

        assertThat(repeats.inFull(first)).isEqualTo(new Grant(SESSION, 12, phone.getRef()));
    }

    @Test
    void doesNotAddUpMoreCreditThanThereAreNumbers() {
        repeats.waits(new Grant(SESSION, Integer.MAX_VALUE, phone.getRef()));

        assertThat(repeats.contain(new Grant(SESSION, 1, phone.getRef()))).isFalse();
    }

    @Test
    void letsNothingOvertakeWhatCannotBeContained() {
        Acknowledge first = upto(1);
        repeats.waits(first);
        Acknowledge cannotOpen = new Acknowledge(SESSION, 2, List.of(), List.of(2L), phone.getRef());

        assertThat(repeats.contain(cannotOpen)).isFalse();
        repeats.waits(cannotOpen);
        assertThat(repeats.contain(upto(3))).isFalse();
        assertThat(repeats.inFull(first)).isEqualTo(first);
        assertThat(repeats.inFull(cannotOpen)).isSameAs(cannotOpen);
    }

    @Test
    void keepsSessionsApart() {
        repeats.waits(upto(1));

        assertThat(repeats.contain(new Acknowledge(session(2), 2, List.of(), List.of(), phone.getRef())))
                .isFalse();
    }
}
