package lethe.broker.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import java.time.Duration;
import lethe.broker.TestNode;
import lethe.core.identity.Opaque;
import lethe.core.identity.SubscriberId;
import lethe.core.subscriber.Addressee;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PresentTest {
    private static final SubscriberId BOB = new SubscriberId(Opaque.wrap(new byte[32]));

    private final ActorTestKit akka = ActorTestKit.create();
    private final TestProbe<SubscriberCommand> actor = akka.createTestProbe();
    private final TestProbe<SubscriberCommand> next = akka.createTestProbe();
    private final TestProbe<Outcome> sender = akka.createTestProbe();
    private final GivenPressure pressure = new GivenPressure();
    private final Present present = new Present(pressure);
    private final SubscriberCommand.Deliver message = new SubscriberCommand.Deliver(
            new Person(PresentTest::noNode).envelope(), Addressee.ONLY, null, 1, new Watcher(sender.getRef(), null));

    private static TestNode noNode() {
        throw new AssertionError("there is no node");
    }

    @AfterEach
    void stop() {
        akka.shutdownTestKit();
    }

    private boolean tellBob() {
        return present.deliver(BOB, message);
    }

    @Test
    void tellsASubscriberOnlyWhileItHasAPhone() {
        Present.Place place = present.place(BOB.toText(), actor.getRef());
        assertThat(tellBob()).isFalse();

        place.take(true);
        assertThat(tellBob()).isTrue();
        actor.expectMessage(message);

        place.take(false);
        assertThat(tellBob()).isFalse();
    }

    @Test
    void refusesAtOnceWhatWouldComeTooLate() {
        present.place(BOB.toText(), actor.getRef()).take(true);
        pressure.behind();

        assertThat(tellBob()).isTrue();
        assertThat(sender.expectMessageClass(Outcome.IsRefused.class).problem().retryAfter())
                .isPositive();
        actor.expectNoMessage(Duration.ofMillis(50));
    }

    @Test
    void doesNotForgetTheNextIncarnationWhenTheOneBeforeHasEnded() {
        Present.Place former = present.place(BOB.toText(), actor.getRef());
        former.take(true);
        present.place(BOB.toText(), next.getRef()).take(true);
        former.take(false);

        assertThat(tellBob()).isTrue();
        next.expectMessage(message);
    }
}
