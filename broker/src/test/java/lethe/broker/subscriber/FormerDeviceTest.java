package lethe.broker.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestProbe;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import lethe.broker.TestNode;
import lethe.broker.subscriber.AccountCommand.Answer;
import lethe.broker.subscriber.SubscriberCommand.AcknowledgeIds;
import lethe.broker.subscriber.SubscriberCommand.DeviceAnswer;
import lethe.broker.subscriber.SubscriberCommand.OfAccount;
import lethe.broker.subscriber.SubscriberCommand.OptInAnswer;
import lethe.broker.subscriber.SubscriberCommand.OptOut;
import lethe.broker.subscriber.SubscriberCommand.Poll;
import lethe.broker.subscriber.SubscriberCommand.ShowConsent;
import lethe.core.account.Device;
import lethe.core.protocol.ProblemType;
import lethe.core.queue.Envelope;
import lethe.persistence.local.SharedCassandra;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device was authenticated, and before its command is carried out the address goes to somebody else. */
class FormerDeviceTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    static Path data;

    private static TestNode node;

    private Person owner;
    private Device former;
    private Envelope waiting;

    @BeforeAll
    static void start() {
        node = TestNode.start(SharedCassandra.freshKeyspace("former"), data, Map.of());
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    /** The new owner's phone calls itself what the former one did: its key is what tells them apart. */
    @BeforeEach
    void givenTheAddressHasANewOwner() {
        Person before = new Person(() -> node);
        before.optsIn();
        former = before.device();
        TestProbe<DeviceAnswer> gone = probe();
        before.tell(new OptOut(former, gone.getRef()));
        gone.expectMessageClass(DeviceAnswer.Concluded.class, SOON);
        owner = before.successor();
        owner.optsIn();
        assertThat(owner.device().id()).isEqualTo(former.id());
        waiting = owner.envelope();
        TestProbe<Outcome> sender = probe();
        owner.send(waiting, sender);
        sender.expectMessageClass(Outcome.IsHeld.class, SOON);
    }

    private static <T> TestProbe<T> probe() {
        return TestProbe.create(node.system());
    }

    private void ownerStillHasTheMessage() {
        TestProbe<DeviceAnswer> polled = probe();
        owner.tell(new Poll(owner.device(), 10, Instant.now(), polled.getRef()));
        assertThat(polled.expectMessageClass(DeviceAnswer.Polled.class, SOON).envelopes())
                .containsExactly(waiting);
    }

    @Test
    void optsNobodyOut() {
        TestProbe<DeviceAnswer> answer = probe();
        owner.tell(new OptOut(former, answer.getRef()));

        answer.expectMessageClass(DeviceAnswer.Denied.class, SOON);
        ownerStillHasTheMessage();
    }

    @Test
    void getsNothingAndAcknowledgesNothing() {
        TestProbe<DeviceAnswer> answer = probe();
        owner.tell(new Poll(former, 10, Instant.now().plusSeconds(30), answer.getRef()));
        answer.expectMessageClass(DeviceAnswer.Denied.class, SOON);
        owner.tell(new AcknowledgeIds(former, List.of(waiting.id()), answer.getRef()));
        answer.expectMessageClass(DeviceAnswer.Denied.class, SOON);

        ownerStillHasTheMessage();
    }

    @Test
    void seesNoConsent() {
        TestProbe<OptInAnswer> answer = probe();
        owner.tell(new ShowConsent(former, answer.getRef()));

        assertThat(answer.expectMessageClass(OptInAnswer.Refused.class, SOON)
                        .problem()
                        .type())
                .isEqualTo(ProblemType.NOT_AUTHENTIC);
    }

    @Test
    void learnsAndChangesNothingOfTheAccount() {
        TestProbe<Answer> answer = probe();
        for (AccountCommand command : List.of(
                new AccountCommand.ShowDevices(answer.getRef()),
                new AccountCommand.ShowTakeover(answer.getRef()),
                new AccountCommand.Export(answer.getRef()),
                new AccountCommand.Dismiss(answer.getRef()),
                new AccountCommand.Agree(former.key(), answer.getRef()),
                new AccountCommand.ListDevices(
                        owner.device().key(), Person.account(former).list(), answer.getRef()))) {
            owner.tell(new OfAccount(former, command));
            assertThat(answer.expectMessageClass(Answer.Refused.class, SOON)
                            .problem()
                            .type())
                    .isEqualTo(ProblemType.NOT_AUTHENTIC);
        }
    }
}
