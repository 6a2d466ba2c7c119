package lethe.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import akka.Done;
import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import lethe.broker.TestNode;
import lethe.broker.limit.Limits;
import lethe.broker.subscriber.Outcome;
import lethe.broker.subscriber.SubscriberCommand;
import lethe.broker.subscriber.ToSession;
import lethe.core.fallback.Fallback;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.SubscriberId;
import lethe.core.identity.SubscriberIds;
import lethe.core.identity.Tag;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.CloseReason;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.ServerFrame;
import lethe.core.receipt.Receipt;
import lethe.core.receipt.ReceiptState;
import lethe.core.subscriber.Terms;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionTest {
    private static final Tag ALICE = new Tag(bytes(Tag.LENGTH, 1));
    private static final Tag BOB = new Tag(bytes(Tag.LENGTH, 2));
    private static final DeviceId PHONE = new DeviceId(bytes(DeviceId.LENGTH, 3));
    private static final MessageId MESSAGE = new MessageId(bytes(MessageId.LENGTH, 4));
    private static final int BURST = 20;
    private static final Limits LIMITS = TestNode.limits();

    private final HandClock clock = new HandClock();
    private final AtomicLong policyEpoch = new AtomicLong(1);
    private final Notes notes = new Notes();
    private final Map<Duration, Runnable> held = new LinkedHashMap<>();
    private final TestInbox<SubscriberCommand> subscriber = TestInbox.create();
    private final Session session = new SessionFactory(
                    notes,
                    new SessionSettings(Duration.ofSeconds(5), Duration.ofMinutes(1), 65_536, 10, BURST),
                    new Terms(1_000, Duration.ofDays(3), Duration.ofMillis(250), Duration.ofSeconds(30)),
                    policyEpoch::get,
                    LIMITS,
                    clock,
                    TestInbox.<Done>create().getRef(),
                    new Doorstep((time, step) -> held.put(time, step)))
            .open(notes);

    @Test
    void challengesThePhoneFirst() {
        session.opened();

        assertThat(notes.frames).singleElement().isInstanceOf(ServerFrame.Challenge.class);
    }

    @Test
    void asksTheSubscriberToLetThePhoneIn() {
        session.opened();
        session.received(hello());

        assertThat(notes.commands).singleElement().isInstanceOf(SubscriberCommand.Attach.class);
        assertThat(notes.frames).noneMatch(ServerFrame.Welcome.class::isInstance);
    }

    @Test
    void welcomesThePhoneOnceItIsAttached() {
        givenLive();

        assertThat(notes.frames).singleElement().isInstanceOf(ServerFrame.Welcome.class);
        assertThat(notes.watched).containsExactly(subscriber.getRef());
    }

    @Test
    void closesOnAnyFrameBeforeHello() {
        session.opened();
        session.received(new ClientFrame.Ping());

        assertThat(refusals()).containsExactly(ProblemType.OUT_OF_TURN);
        assertThat(notes.closed).containsExactly(CloseReason.PROTOCOL_ERROR);
        assertThat(notes.commands).isEmpty();
    }

    @Test
    void closesOnASecondHello() {
        givenLive();
        session.received(hello());

        assertThat(notes.closed).containsExactly(CloseReason.PROTOCOL_ERROR);
    }

    @Test
    void closesWhenHelloDoesNotCome() {
        session.opened();
        clock.advance(Duration.ofSeconds(6));
        session.tick();

        assertThat(notes.closed).containsExactly(CloseReason.SILENT);
    }

    @Test
    void closesASilentPhoneAndKeepsOneThatIsHeard() {
        givenLive();
        clock.advance(Duration.ofSeconds(50));
        session.heard();
        clock.advance(Duration.ofSeconds(50));
        session.tick();
        assertThat(notes.closed).isEmpty();

        clock.advance(Duration.ofSeconds(11));
        session.tick();
        assertThat(notes.closed).containsExactly(CloseReason.SILENT);
    }

    @Test
    void sendsAPhoneAwayForAWhileIfItsSubscriberDoesNotLetItIn() {
        session.opened();
        session.received(hello());
        clock.advance(Duration.ofSeconds(15));
        session.tick();
        assertThat(notes.closed).isEmpty();

        clock.advance(Duration.ofSeconds(1));
        session.tick();
        assertThat(notes.closed).containsExactly(CloseReason.OVERLOAD);
    }

    /** The time tells no more than the answer. */
    @Test
    void sendsAStrangerAwayASecondAfterItsHelloHoweverSoonThatWasKnown() {
        session.opened();
        clock.advance(Duration.ofSeconds(3));
        session.received(hello());
        session.told(new ToSession.Leave(CloseReason.NOT_AUTHENTIC));
        clock.advance(Duration.ofMillis(999));
        session.tick();
        assertThat(notes.closed).isEmpty();

        clock.advance(Duration.ofMillis(1));
        session.tick();
        assertThat(notes.closed).containsExactly(CloseReason.NOT_AUTHENTIC);
    }

    @Test
    void asksAQuietPhoneForASignOfLifeOnceUntilItIsHeard() {
        givenLive();
        clock.advance(Duration.ofSeconds(30));
        session.tick();
        assertThat(notes.pings).isZero();

        clock.advance(Duration.ofSeconds(1));
        session.tick();
        session.tick();
        assertThat(notes.pings).isEqualTo(1);

        session.heard();
        clock.advance(Duration.ofSeconds(31));
        session.tick();
        assertThat(notes.pings).isEqualTo(2);
    }

    @Test
    void handsAMessageToItsRecipient() {
        givenLive();
        session.received(send(Opaque.copyOf(new byte[10]), null, null));

        assertThat(notes.commands).singleElement().isInstanceOfSatisfying(SubscriberCommand.Deliver.class, deliver -> {
            assertThat(deliver.envelope().id()).isEqualTo(MESSAGE);
            assertThat(deliver.envelope().expires()).isEqualTo(clock.instant().plus(Duration.ofDays(3)));
        });
        assertThat(notes.recipients).last().isEqualTo(notes.id(BOB));
    }

    @Test
    void refusesABodyBeyondTheLimitAndNamesTheLimit() {
        givenLive();
        session.received(send(Opaque.copyOf(new byte[1_001]), null, null));

        assertThat(notes.commands).isEmpty();
        assertThat(notes.frames).last().isInstanceOfSatisfying(ServerFrame.Refused.class, refused -> {
            assertThat(refused.ref()).isEqualTo(7);
            assertThat(refused.problem().type()).isEqualTo(ProblemType.TOO_LARGE);
            assertThat(refused.problem().limit()).isEqualTo(1_000);
        });
    }

    @Test
    void refusesADeadlineOutOfBounds() {
        givenLive();
        session.received(send(Opaque.copyOf(new byte[1]), Duration.ofMillis(10), Fallback.DEVICE));
        session.received(send(Opaque.copyOf(new byte[1]), Duration.ofSeconds(10), null));

        assertThat(notes.commands).isEmpty();
        assertThat(refusals()).containsExactly(ProblemType.MALFORMED, ProblemType.MALFORMED);
    }

    @Test
    void refusesWhatAGatewayWouldHaveToSend() {
        givenLive();
        Opaque body = Opaque.copyOf(new byte[1]);
        for (Fallback fallback : List.of(Fallback.GATEWAY, Fallback.NOTICE)) {
            session.received(
                    new ClientFrame.Send(7, MESSAGE, BOB, null, null, null, null, fallback, null, body, null, body));
            session.received(send(body, null, fallback));
        }

        assertThat(notes.commands).isEmpty();
        assertThat(refusals())
                .containsExactly(
                        ProblemType.NO_GATEWAY, ProblemType.MALFORMED, ProblemType.NO_GATEWAY, ProblemType.MALFORMED);
    }

    @Test
    void tellsAPhoneThatSendsTooFastToWait() {
        givenLive();
        for (int i = 0; i <= BURST; i++) {
            session.received(send(Opaque.copyOf(new byte[1]), null, null));
        }

        assertThat(notes.commands).hasSize(BURST);
        assertThat(notes.frames).last().isInstanceOfSatisfying(ServerFrame.Refused.class, refused -> {
            assertThat(refused.problem().type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
            assertThat(refused.problem().retryAfter()).isPositive();
        });
        assertThat(notes.closed).isEmpty();
    }

    @Test
    void neverLosesAnAcknowledgementToALimitWithoutSayingSo() {
        givenLive();
        for (int i = 0; i < 10 * BURST; i++) {
            session.received(new ClientFrame.Ack(i, List.of(), List.of()));
        }
        assertThat(subscriber.getAllReceived()).hasSize(10 * BURST);
        assertThat(notes.closed).isEmpty();

        session.received(new ClientFrame.Ack(1, List.of(), List.of()));
        assertThat(notes.closed).containsExactly(CloseReason.TOO_MANY);
    }

    @Test
    void survivesWhatItCannotReadUntilThatBecomesAHabit() {
        givenLive();
        for (int i = 0; i < BURST; i++) {
            session.unreadable(Problem.of(ProblemType.MALFORMED));
        }
        assertThat(notes.closed).isEmpty();

        session.unreadable(Problem.of(ProblemType.MALFORMED));
        assertThat(notes.closed).containsExactly(CloseReason.TOO_MANY);
    }

    @Test
    void takesAMessageAgainWhenThePhoneHasWaitedAsLongAsItWasTold() {
        givenLive();
        for (int i = 0; i <= BURST; i++) {
            session.received(send(Opaque.copyOf(new byte[1]), null, null));
        }
        ServerFrame.Refused refused = (ServerFrame.Refused) notes.frames.get(notes.frames.size() - 1);
        clock.advance(Objects.requireNonNull(refused.problem().retryAfter()));
        session.received(send(Opaque.copyOf(new byte[1]), null, null));

        assertThat(notes.commands).hasSize(BURST + 1);
        assertThat(refusals()).hasSize(1);
    }

    @Test
    void turnsAFallbackIntoTheVerdict() {
        givenLive();
        session.told(
                new Outcome.HasEnded(new Receipt(MESSAGE, ReceiptState.REVOKED, clock.instant(), true, 0), true, 0));

        assertThat(notes.frames).last().isEqualTo(new ServerFrame.FallbackNow(MESSAGE, clock.instant(), true));
    }

    /** However soon it was known that there is nobody, or nothing. */
    @Test
    void tellsANoAtTheNextFullStepAfterTheQuestion() {
        givenLive();
        session.received(new ClientFrame.Watch(BOB, List.of(MESSAGE)));
        int asked = ((SubscriberCommand.Watch) notes.commands.get(notes.commands.size() - 1))
                .watcher()
                .asked();
        int said = notes.frames.size();

        clock.advance(Duration.ofMillis(3));
        session.told(new Outcome.IsUnknown(MESSAGE, asked));
        clock.advance(Duration.ofMillis(37));
        Receipt rejected = new Receipt(MESSAGE, ReceiptState.REJECTED, clock.instant(), false, 0);
        session.told(new Outcome.HasEnded(rejected, false, asked));

        assertThat(held.keySet()).containsExactly(Duration.ofMillis(247), Duration.ofMillis(210));
        assertThat(notes.frames).hasSize(said);

        held.values().forEach(Runnable::run);
        notes.inbox.getAllReceived().forEach(session::told);

        assertThat(notes.frames.subList(said, notes.frames.size()))
                .hasExactlyElementsOfTypes(ServerFrame.Unknown.class, ServerFrame.Receipt.class);
    }

    @Test
    void sendsThePhoneAwayWhenItsSubscriberStops() {
        givenLive();
        session.subscriberStopped();

        assertThat(notes.closed).containsExactly(CloseReason.RESTART);
        assertThat(notes.commands).last().isInstanceOf(SubscriberCommand.Detach.class);
    }

    @Test
    void leavesOnceAndSaysNothingAfterwards() {
        givenLive();
        session.told(new ToSession.Leave(CloseReason.REPLACED));
        int said = notes.frames.size();
        session.received(new ClientFrame.Ping());
        session.told(new ToSession.Drained());
        session.closed();

        assertThat(notes.closed).containsExactly(CloseReason.REPLACED);
        assertThat(notes.frames).hasSize(said);
        assertThat(notes.commands).hasSize(1);
    }

    @Test
    void endsWhenThePolicyIsRaised() {
        givenLive();
        policyEpoch.set(2);

        session.tick();

        assertThat(notes.closed).containsExactly(CloseReason.NO_CONSENT);
        assertThat(notes.commands).last().isInstanceOf(SubscriberCommand.Detach.class);
    }

    @Test
    void takesNothingMoreOnceThePolicyIsRaised() {
        givenLive();
        policyEpoch.set(2);

        session.received(send(bytes(10, 5), null, null));

        assertThat(notes.closed).containsExactly(CloseReason.NO_CONSENT);
        assertThat(notes.commands).noneMatch(SubscriberCommand.Deliver.class::isInstance);
    }

    /** Else its sender would hear that it was rejected. */
    @Test
    void stillHearsWhatThePhoneHasTaken() {
        givenLive();
        policyEpoch.set(2);

        session.received(new ClientFrame.Ack(1, List.of(), List.of()));

        assertThat(subscriber.getAllReceived()).singleElement().isInstanceOf(SubscriberCommand.Acknowledge.class);
        assertThat(notes.closed).isEmpty();
    }

    /** What counts is the consent on file, not what the phone says of it. */
    @Test
    void doesNotBelieveThePhonesOwnEpoch() {
        session.opened();
        session.received(new ClientFrame.Hello(ALICE, PHONE, 99, Opaque.empty(), 32, null));
        session.told(new ToSession.Attached(false, 1, subscriber.getRef()));
        policyEpoch.set(2);

        session.tick();

        assertThat(notes.closed).containsExactly(CloseReason.NO_CONSENT);
    }

    private void givenLive() {
        session.opened();
        session.received(hello());
        notes.forget();
        session.told(new ToSession.Attached(false, 1, subscriber.getRef()));
    }

    private static ClientFrame.Hello hello() {
        return new ClientFrame.Hello(ALICE, PHONE, 1, Opaque.empty(), 32, null);
    }

    private static ClientFrame.Send send(Opaque body, @Nullable Duration deadline, @Nullable Fallback fallback) {
        return new ClientFrame.Send(7, MESSAGE, BOB, null, null, null, deadline, fallback, null, body, null);
    }

    private List<ProblemType> refusals() {
        return notes.frames.stream()
                .filter(ServerFrame.Refused.class::isInstance)
                .map(frame -> ((ServerFrame.Refused) frame).problem().type())
                .toList();
    }

    private static Opaque bytes(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return Opaque.wrap(bytes);
    }

    private static final class HandClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static final class Notes implements Link, Subscribers {
        private final SubscriberIds ids = SubscriberIds.under(bytes(32, 9));
        private final TestInbox<ToSession> inbox = TestInbox.create();
        private final List<ServerFrame> frames = new ArrayList<>();
        private final List<CloseReason> closed = new ArrayList<>();
        private final List<SubscriberId> recipients = new ArrayList<>();
        private final List<SubscriberCommand> commands = new ArrayList<>();
        private final List<ActorRef<SubscriberCommand>> watched = new ArrayList<>();
        private int pings;

        void forget() {
            frames.clear();
            commands.clear();
        }

        @Override
        public void send(ServerFrame frame) {
            frames.add(frame);
        }

        @Override
        public void ping() {
            pings++;
        }

        @Override
        public void close(CloseReason reason) {
            closed.add(reason);
        }

        @Override
        public ActorRef<ToSession> self() {
            return inbox.getRef();
        }

        @Override
        public void watch(ActorRef<SubscriberCommand> subscriber) {
            watched.add(subscriber);
        }

        @Override
        public SubscriberId id(Tag tag) {
            return ids.of(tag);
        }

        @Override
        public void tell(SubscriberId subscriber, SubscriberCommand command) {
            recipients.add(subscriber);
            commands.add(command);
        }

        @Override
        public <A> CompletionStage<A> ask(
                SubscriberId subscriber, Function<ActorRef<A>, SubscriberCommand> command, Duration patience) {
            throw new AssertionError("a session never waits for an answer");
        }
    }
}
