package lethe.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import lethe.client.http.Answer;
import lethe.core.consent.Consent;
import lethe.core.consent.Scope;
import lethe.core.identity.MessageId;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.Tag;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.CloseReason;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.ServerFrame;
import lethe.core.protocol.Urgency;
import lethe.core.receipt.ReceiptState;
import lethe.device.outbox.Outcome;
import lethe.device.outbox.Terms;
import lethe.device.sim.Sim;
import lethe.device.sms.SmsResult;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceClientTest {
    /** What a frame needs from the phone's threads to the broker's, while the phone's clock stands still. */
    private static final Duration WIRE = Duration.ofMillis(40);

    private static final Tag BOB = Given.tag(2);
    private static final Instant LATER = Given.NOW.plus(Duration.ofDays(3));

    @TempDir
    private Path directory;

    private final ScriptedBroker broker = new ScriptedBroker(new Resources());
    private final HandAlarm clock = new HandAlarm();
    private Encoding encoding = Encoding.CBOR;
    private TestPhone phone;

    @BeforeEach
    void aPhoneThatIsOn() {
        phone = new TestPhone(directory, broker, encoding, clock, true);
    }

    @AfterEach
    void close() {
        phone.close();
        broker.close();
    }

    private void givenAPhoneThatIsOff() {
        phone.close();
        phone = new TestPhone(directory.resolve("off"), broker, encoding, clock, false);
    }

    private void givenTheEncoding(Encoding other) {
        phone.close();
        encoding = other;
        phone = new TestPhone(directory, broker, encoding, clock, true);
    }

    private ScriptedSession connected() throws InterruptedException {
        phone.client.connect();
        ScriptedSession session = broker.session();
        session.welcome(1, false);
        phone.next(DeviceEvent.Connected.class);
        return session;
    }

    /** The line is cut, and the phone comes back when it said that it would. */
    private ScriptedSession afterACut(ScriptedSession session) throws InterruptedException {
        session.cut();
        return back();
    }

    private ScriptedSession back() throws InterruptedException {
        Duration retry = phone.disconnected().retry();
        assertThat(retry).isNotNull();
        phone.waits(retry);
        return broker.session();
    }

    private void restart() {
        phone.dies();
        phone = new TestPhone(directory, broker, encoding, clock, true);
    }

    private static ServerFrame.Deliver deliver(long seq, int message) {
        return new ServerFrame.Deliver(
                seq, Given.id(message), Duration.ofHours(1), Urgency.NORMAL, Given.body("text " + message));
    }

    private static ServerFrame.Receipt delivered(MessageId id, boolean settle) {
        return new ServerFrame.Receipt(id, ReceiptState.DELIVERED, Given.NOW, settle);
    }

    // The SIM.

    private static Sim sim(String imsi) {
        return new Sim(
                PlainIdentifier.of(PlainIdentifier.Kind.IMSI, imsi),
                PlainIdentifier.of(PlainIdentifier.Kind.IMEI, "490154203237518"));
    }

    @Test
    void staysOnWithItsSimAcrossARestart() throws InterruptedException {
        assertThat(phone.client
                        .sim(sim("262011234567890"))
                        .toCompletableFuture()
                        .join())
                .isTrue();
        restart();

        assertThat(phone.client
                        .sim(sim("262011234567890"))
                        .toCompletableFuture()
                        .join())
                .isTrue();
        connected();
    }

    @Test
    void isOffWithAnotherSimAndTellsTheBrokerNeither() throws InterruptedException {
        phone.client.sim(sim("262011234567890")).toCompletableFuture().join();
        connected();

        assertThat(phone.client
                        .sim(sim("262079876543210"))
                        .toCompletableFuture()
                        .join())
                .isFalse();

        phone.next(DeviceEvent.SimChanged.class);
        assertThat(phone.client.isOptedIn()).isFalse();
        assertThat(phone.client.connect()).isFalse();
        await().until(() -> broker.requests.stream()
                .anyMatch(request ->
                        request.method().equals("DELETE") && request.path().equals("/v1/self/consent")));
        assertThat(broker.requests)
                .noneMatch(request -> (request.headers().toString()
                                + new String(request.body().shared(), StandardCharsets.ISO_8859_1))
                        .contains("2620"));
        assertThat(phone.client
                        .sim(sim("262079876543210"))
                        .toCompletableFuture()
                        .join())
                .as("the new one is known from now on")
                .isTrue();
    }

    // Off by default.

    @Test
    void opensNothingBeforeItsOwnerHasOptedIn() {
        givenAPhoneThatIsOff();

        assertThat(phone.client.connect()).isFalse();
        assertThat(phone.client
                        .send(BOB, Given.body("hello"), Terms.usual(), null)
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(Sending.Off.class);
        phone.waits(Duration.ofMinutes(10));

        assertThat(broker.connections()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void optsInWithASignedConsentAndThenConnects(Encoding any) throws InterruptedException {
        encoding = any;
        givenAPhoneThatIsOff();
        Bodies.PolicyInForce policy =
                good(phone.client.policy().toCompletableFuture().join());

        phone.client.optIn(policy, Set.of(Scope.IP)).toCompletableFuture().join();

        assertThat(policy.text()).isEqualTo(Resources.TEXT);
        ScriptedBroker.Request request = broker.requests.get(1);
        assertThat(request.headers()).containsKeys("signature", "signature-input", "content-digest", "lethe-tag");
        Bodies.OptIn optIn = ((Decoded.Good<Bodies.OptIn>) Payloads.decode(
                        encoding, Bodies.OptIn.class, request.body().shared()))
                .value();
        Consent consent = new Consent(
                optIn.epoch(), optIn.textHash(), optIn.scopes(), optIn.at(), optIn.device(), optIn.signature());
        assertThat(consent.isSignedBy(optIn.key(), phone.client.address())).isTrue();
        assertThat(consent.epoch()).isEqualTo(Resources.EPOCH);
        assertThat(phone.client.connect()).isTrue();
        ClientFrame.Hello hello = broker.session().welcome(1, false);
        assertThat(hello.epoch()).isEqualTo(Resources.EPOCH);
        assertThat(optIn.key()
                        .signed(
                                ClientFrame.Hello.statement(ScriptedSession.NONCE, hello.tag(), hello.device()),
                                hello.proof()))
                .isTrue();
    }

    @Test
    void isOffAfterOptingOutAndAbandonsWhatHadNotEnded() throws InterruptedException {
        ScriptedSession session = connected();
        MessageId id = phone.sends(BOB, "hello");
        session.next(ClientFrame.Send.class);

        assertThat(phone.client.optOut().toCompletableFuture().join()).isInstanceOf(Answer.Good.class);

        assertThat(phone.client.isOptedIn()).isFalse();
        assertThat(phone.next(DeviceEvent.Ended.class))
                .isEqualTo(new DeviceEvent.Ended(id, new Outcome.Abandoned(), clock.instant()));
        assertThat(phone.client.connect()).isFalse();
    }

    // Sending.

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void sendsInOrderNamingTheMessageBefore(Encoding any) throws InterruptedException {
        givenTheEncoding(any);
        ScriptedSession session = connected();
        MessageId first = phone.sends(BOB, "one");
        MessageId second = phone.sends(BOB, "two");

        ClientFrame.Send one = session.next(ClientFrame.Send.class);
        ClientFrame.Send two = session.next(ClientFrame.Send.class);

        assertThat(one.id()).isEqualTo(first);
        assertThat(one.after()).isNull();
        assertThat(one.body()).isEqualTo(Given.body("one"));
        assertThat(two.id()).isEqualTo(second);
        assertThat(two.after()).isEqualTo(first);
    }

    @Test
    void tellsWhatBecameOfAMessageAndSettlesIt() throws InterruptedException {
        ScriptedSession session = connected();
        MessageId id = phone.sends(BOB, "hello");
        ClientFrame.Send send = session.next(ClientFrame.Send.class);

        session.say(new ServerFrame.Held(send.ref(), id, LATER));
        session.say(delivered(id, true));

        assertThat(phone.next(DeviceEvent.Held.class)).isEqualTo(new DeviceEvent.Held(id, LATER));
        assertThat(phone.next(DeviceEvent.Ended.class).outcome())
                .isEqualTo(new Outcome.Receipted(ReceiptState.DELIVERED));
        assertThat(session.next(ClientFrame.Settle.class)).isEqualTo(new ClientFrame.Settle(BOB, List.of(id)));
        assertThat(session.next(ClientFrame.Watch.class)).isEqualTo(new ClientFrame.Watch(BOB, List.of(id)));
    }

    @Test
    void sendsAgainInOrderAfterACutAndAsksAfterWhatIsHeld() throws InterruptedException {
        ScriptedSession session = connected();
        MessageId held = phone.sends(BOB, "held");
        MessageId open = phone.sends(BOB, "open");
        session.say(new ServerFrame.Held(session.next(ClientFrame.Send.class).ref(), held, LATER));
        session.next(ClientFrame.Send.class);
        phone.next(DeviceEvent.Held.class);

        ScriptedSession again = afterACut(session);
        again.welcome(2, false);

        ClientFrame.Send resent = again.next(ClientFrame.Send.class);
        assertThat(resent.id()).isEqualTo(open);
        assertThat(resent.after()).isEqualTo(held);
        assertThat(again.next(ClientFrame.Watch.class)).isEqualTo(new ClientFrame.Watch(BOB, List.of(held)));
        again.say(new ServerFrame.Unknown(held));
        assertThat(again.next(ClientFrame.Send.class).id()).isEqualTo(held);
        assertThat(again.next(ClientFrame.Send.class).id()).isEqualTo(open);
    }

    @Test
    void sendsAgainAfterThePhoneDied() throws InterruptedException {
        ScriptedSession session = connected();
        MessageId first = phone.sends(BOB, "one");
        MessageId second = phone.sends(BOB, "two");
        session.next(ClientFrame.Send.class);

        restart();
        ScriptedSession again = connected();

        ClientFrame.Send one = again.next(ClientFrame.Send.class);
        assertThat(one.id()).isEqualTo(first);
        assertThat(one.body()).isEqualTo(Given.body("one"));
        assertThat(again.next(ClientFrame.Send.class).id()).isEqualTo(second);
    }

    @Test
    void endsOnceAlsoWhenThePhoneDiedBeforeItWasSettled() throws InterruptedException {
        ScriptedSession session = connected();
        MessageId id = phone.sends(BOB, "hello");
        session.next(ClientFrame.Send.class);
        session.say(delivered(id, true));
        phone.next(DeviceEvent.Ended.class);

        restart();
        ScriptedSession again = connected();

        assertThat(again.next(ClientFrame.Settle.class).ids()).containsExactly(id);
        again.next(ClientFrame.Watch.class);
        again.say(new ServerFrame.Unknown(id));
        phone.settle();
        restart();
        connected();
        phone.settle();
        assertThat(phone.told()).noneMatch(DeviceEvent.Ended.class::isInstance);
    }

    @Test
    void triesAgainWhatIsRefusedForNowAndEndsWhatIsRefusedForGood() throws InterruptedException {
        ScriptedSession session = connected();
        MessageId id = phone.sends(BOB, "hello");
        Problem busy = Problem.of(ProblemType.OVERLOADED).withRetryAfter(Duration.ofSeconds(3));
        session.say(new ServerFrame.Refused(session.next(ClientFrame.Send.class).ref(), busy));
        session.say(deliver(1, 1));
        session.next(ClientFrame.Ack.class);
        phone.waits(Duration.ofSeconds(5));

        ClientFrame.Send again = session.next(ClientFrame.Send.class);
        Problem large = Problem.of(ProblemType.TOO_LARGE).withLimit(5);
        session.say(new ServerFrame.Refused(again.ref(), large));

        assertThat(again.id()).isEqualTo(id);
        assertThat(phone.next(DeviceEvent.Ended.class).outcome()).isEqualTo(new Outcome.Refused(large));
    }

    @Test
    void endsByItselfWhatTheBrokerWouldCloseTheSocketFor() throws InterruptedException {
        connected();

        phone.sends(BOB, "x".repeat(70_001));

        assertThat(phone.next(DeviceEvent.Ended.class).outcome().word()).isEqualTo("refused");
    }

    @Test
    void asksAfterWhatStaysUnanswered() throws InterruptedException {
        ScriptedSession session = connected();
        MessageId id = phone.sends(BOB, "hello");
        session.next(ClientFrame.Send.class);

        phone.waits(Duration.ofSeconds(11));

        assertThat(session.next(ClientFrame.Watch.class).ids()).containsExactly(id);
    }

    @Test
    void takesAMessageBack() throws InterruptedException {
        ScriptedSession session = connected();
        MessageId id = phone.sends(BOB, "hello");
        session.next(ClientFrame.Send.class);

        assertThat(phone.client.revoke(id).toCompletableFuture().join()).isTrue();

        assertThat(session.next(ClientFrame.Revoke.class).id()).isEqualTo(id);
    }

    @Test
    void keepsNothingOfAMessageThatHasEnded() throws InterruptedException, IOException {
        ScriptedSession session = connected();
        MessageId id = phone.sends(BOB, "a marker that is sent");
        session.next(ClientFrame.Send.class);
        session.say(new ServerFrame.Deliver(
                1, Given.id(1), Duration.ofHours(1), Urgency.NORMAL, Given.body("a marker that is received")));
        session.next(ClientFrame.Ack.class);
        assertThat(onDisk("outbox") + onDisk("inbox")).contains("is sent", "is received");
        session.say(delivered(id, false));
        phone.next(DeviceEvent.Ended.class);

        // The application hears of the end before the phone has written it down.
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            phone.waits(Duration.ofSeconds(12));
            assertThat(onDisk("outbox") + onDisk("inbox")).doesNotContain("a marker");
        });
    }

    private String onDisk(String ledger) throws IOException {
        return Files.readString(directory.resolve(ledger), StandardCharsets.ISO_8859_1);
    }

    // SMS.

    @Test
    void handsAMessageToTheModemOnceWhateverHappens() throws InterruptedException {
        ScriptedSession session = connected();
        MessageId id = phone.sends(BOB, "hello", Terms.smsAfter(Duration.ofSeconds(30)), Given.sms("hello"));
        session.next(ClientFrame.Send.class);

        session.say(new ServerFrame.FallbackNow(id, Given.NOW, true));
        session.say(new ServerFrame.FallbackNow(id, Given.NOW, true));
        assertThat(phone.next(DeviceEvent.Ended.class).outcome()).isEqualTo(new Outcome.BySms(SmsResult.SENT));
        assertThat(phone.atModem).containsExactly(id);
        restart();
        ScriptedSession again = connected();
        again.say(new ServerFrame.FallbackNow(id, Given.NOW, true));
        again.next(ClientFrame.Settle.class);

        assertThat(phone.atModem).isEmpty();
    }

    @Test
    void sendsTheSmsByItselfIfNoBrokerCouldBeReachedInTime() {
        MessageId id = phone.sends(BOB, "hello", Terms.smsAfter(Duration.ofSeconds(30)), Given.sms("hello"));

        phone.waits(Duration.ofSeconds(31));

        assertThat(phone.next(DeviceEvent.Ended.class).outcome()).isEqualTo(new Outcome.BySms(SmsResult.SENT));
        assertThat(phone.atModem).containsExactly(id);
    }

    @Test
    void leavesTheVerdictToTheBrokerOnceItWasOffered() throws InterruptedException {
        ScriptedSession session = connected();
        phone.sends(BOB, "hello", Terms.smsAfter(Duration.ofSeconds(30)), Given.sms("hello"));
        session.next(ClientFrame.Send.class);
        int port = broker.port();
        broker.close();
        phone.disconnected();

        phone.waits(Duration.ofMinutes(2));

        assertThat(phone.atModem).isEmpty();
        try (ScriptedBroker again = new ScriptedBroker(new Resources(), port)) {
            phone.client.networkIsBack();
            ScriptedSession back = welcomed(again);
            assertThat(back.next(ClientFrame.Send.class).deadline()).isEqualTo(Terms.SHORTEST_DEADLINE);
        }
    }

    /** A phone that was about to connect anyhow gives that attempt up when it hears that the network is back. */
    private static ScriptedSession welcomed(ScriptedBroker broker) throws InterruptedException {
        ScriptedSession session = broker.session();
        try {
            session.welcome(2, false);
            return session;
        } catch (AssertionError givenUp) {
            ScriptedSession next = broker.session();
            next.welcome(2, false);
            return next;
        }
    }

    // Receiving.

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void handsOverOnceAndAcknowledges(Encoding any) throws InterruptedException {
        givenTheEncoding(any);
        ScriptedSession session = connected();

        session.say(deliver(1, 1));
        session.say(deliver(2, 1));
        session.say(deliver(3, 3));

        assertThat(phone.next(DeviceEvent.Received.class))
                .isEqualTo(new DeviceEvent.Received(Given.id(1), Given.body("text 1"), false));
        assertThat(phone.next(DeviceEvent.Received.class).id()).isEqualTo(Given.id(3));
        ClientFrame.Ack ack = session.next(ClientFrame.Ack.class);
        while (ack.upto() < 3) {
            ack = session.next(ClientFrame.Ack.class);
        }
        assertThat(ack.except()).isEmpty();
    }

    @Test
    void knowsAMessageAgainAfterThePhoneDied() throws InterruptedException {
        ScriptedSession session = connected();
        session.say(deliver(1, 1));
        phone.next(DeviceEvent.Received.class);
        session.next(ClientFrame.Ack.class);
        phone.settle();

        restart();
        ScriptedSession again = connected();
        again.say(deliver(1, 1));
        again.say(deliver(2, 2));

        assertThat(phone.next(DeviceEvent.Received.class).id()).isEqualTo(Given.id(2));
    }

    @Test
    void acknowledgesAMessageThatItKnowsAlready() throws InterruptedException {
        ScriptedSession session = connected();
        session.say(deliver(1, 1));
        session.next(ClientFrame.Ack.class);

        session.say(deliver(2, 1));

        assertThat(session.next(ClientFrame.Ack.class).upto()).isEqualTo(2);
    }

    @Test
    void saysWhatItCannotOpen() throws InterruptedException {
        ScriptedSession session = connected();

        session.say(
                new ServerFrame.Deliver(1, Given.id(1), Duration.ofHours(1), Urgency.NORMAL, TestPhone.CANNOT_OPEN));

        assertThat(session.next(ClientFrame.Ack.class)).isEqualTo(new ClientFrame.Ack(1, List.of(), List.of(1L)));
        phone.settle();
        assertThat(phone.told()).noneMatch(DeviceEvent.Received.class::isInstance);
    }

    @Test
    void acknowledgesAgainWhatMayHaveBeenRefused() throws InterruptedException {
        ScriptedSession session = connected();
        session.say(deliver(1, 1));
        session.next(ClientFrame.Ack.class);

        session.say(new ServerFrame.Refused(null, Problem.of(ProblemType.TOO_MANY_REQUESTS)));
        phone.next(DeviceEvent.Refused.class);
        phone.waits(Duration.ofSeconds(2));

        assertThat(session.next(ClientFrame.Ack.class).upto()).isEqualTo(1);
    }

    // Staying connected.

    @Test
    void resumesWhereItWas() throws InterruptedException {
        ScriptedSession session = connected();
        session.say(deliver(1, 1));
        session.next(ClientFrame.Ack.class);

        ClientFrame.Hello hello = afterACut(session).welcome(2, true);

        assertThat(hello.resume()).isEqualTo(new ClientFrame.Resume(ScriptedSession.sessionId(1), 1));
    }

    @Test
    void comesBackLaterEachTime() throws InterruptedException {
        int port = broker.port();
        ScriptedSession session = connected();
        broker.close();
        session.cut();
        Duration longest = Duration.ofSeconds(1);
        for (int attempt = 0; attempt < 12; attempt++) {
            Duration retry = phone.disconnected().retry();
            assertThat(retry).isBetween(Duration.ZERO, longest);
            longest = longest.multipliedBy(2).compareTo(Duration.ofMinutes(5)) > 0
                    ? Duration.ofMinutes(5)
                    : longest.multipliedBy(2);
            assertThat(retry).isNotNull();
            clock.advance(retry);
        }
        Duration last = phone.disconnected().retry();
        assertThat(last).isNotNull();
        try (ScriptedBroker again = new ScriptedBroker(new Resources(), port)) {
            clock.advance(last);
            again.session().welcome(2, false);
            phone.next(DeviceEvent.Connected.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4401, 4403, 4409, 4410, 4426})
    void staysAwayWhenItIsToldTo(int code) throws InterruptedException {
        ScriptedSession session = connected();

        session.close(code);

        assertThat(phone.next(DeviceEvent.Disconnected.class)).isEqualTo(new DeviceEvent.Disconnected(code, null));
        phone.waits(Duration.ofMinutes(10));
        assertThat(broker.hasSession()).isFalse();
        assertThat(phone.client.isOptedIn()).isEqualTo(code == 4409 || code == 4426);
    }

    /** Its owner was faster than the broker's word that the consent before was over. */
    @ParameterizedTest
    @ValueSource(ints = {4401, 4403})
    void comesBackWhenItsOwnerHasAgreedSince(int code) throws InterruptedException {
        ScriptedSession session = connected();
        Bodies.PolicyInForce raised =
                good(phone.client.policy().toCompletableFuture().join());
        phone.client.optIn(raised, Set.of(Scope.IP)).toCompletableFuture().join();

        session.close(code);

        assertThat(back().welcome(2, false).epoch()).isEqualTo(Resources.EPOCH);
        assertThat(phone.client.isOptedIn()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1001, 1008, 1009, 1011, 1012, 1013, 4408, 4429})
    void comesBackWhenItMay(int code) throws InterruptedException {
        ScriptedSession session = connected();

        session.close(code);

        assertThat(back().welcome(2, false).device()).isEqualTo(phone.client.device());
    }

    @Test
    void leavesWhenTheBrokerGoesAwayAndComesBackWhenItSaid() throws InterruptedException {
        ScriptedSession session = connected();

        session.say(new ServerFrame.GoAway(Duration.ofSeconds(20), Duration.ofSeconds(10)));

        session.next(ClientFrame.Bye.class);
        Duration retry = phone.next(DeviceEvent.Disconnected.class).retry();
        assertThat(retry).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30));
        assertThat(retry).isNotNull();
        phone.waits(retry);
        broker.session().welcome(2, false);
    }

    @Test
    void givesUpABrokerThatFellSilent() throws InterruptedException {
        ScriptedSession session = connected();

        phone.waits(Duration.ofSeconds(3));
        session.next(ClientFrame.Ping.class);
        phone.waits(Duration.ofSeconds(10));

        assertThat(phone.next(DeviceEvent.Disconnected.class).code()).isEqualTo(1006);
    }

    @Test
    void staysWithABrokerThatAnswersPings() throws InterruptedException {
        ScriptedSession session = connected();
        for (int i = 0; i < 20; i++) {
            phone.waits(Duration.ofSeconds(3));
            session.next(ClientFrame.Ping.class);
            session.say(new ServerFrame.Pong());
            session.say(deliver(i + 1, i)); // so that the pong has certainly been heard
            phone.next(DeviceEvent.Received.class);
            session.next(ClientFrame.Ack.class);
        }
        assertThat(phone.told()).noneMatch(DeviceEvent.Disconnected.class::isInstance);
    }

    @Test
    void asksRarelyWhileNothingHappens() throws InterruptedException {
        ScriptedSession session = connected();
        int pings = 0;
        for (int seconds = 0; seconds < 60; seconds++) {
            phone.waits(Duration.ofSeconds(1));
            while (session.hasFrameWithin(WIRE)) {
                session.next(ClientFrame.Ping.class);
                session.say(new ServerFrame.Pong());
                pings++;
            }
        }
        assertThat(pings).isBetween(3, 5);
    }

    @Test
    void leavesABrokerThatBreaksTheProtocol() throws InterruptedException {
        ScriptedSession session = connected();

        session.say(deliver(7, 1));

        ClientFrame.Hello hello = back().welcome(2, false);
        assertThat(hello.resume()).isNull();
        assertThat(CloseReason.reconnectAfter(1006)).isTrue();
    }

    private static <T> T good(Answer<T> answer) {
        return ((Answer.Good<T>) answer).value();
    }
}
