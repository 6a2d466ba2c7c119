package lethe.device.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import lethe.client.sealing.GatewayOpeningKey;
import lethe.client.sealing.SmsContent;
import lethe.client.sealing.SmsWording;
import lethe.core.consent.Scope;
import lethe.core.fallback.Fallback;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.ServerFrame;
import lethe.core.protocol.Urgency;
import lethe.core.receipt.ReceiptState;
import lethe.device.Directory;
import lethe.device.Given;
import lethe.device.Peer;
import lethe.device.ScriptedBroker;
import lethe.device.ScriptedSession;
import lethe.device.letters.ReceivedLetter;
import lethe.device.sms.ShortTag;
import lethe.device.store.FileStore;
import lethe.device.store.Identity;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SMS as the owner of a phone in a terminal sees them. */
class SmsCommandsTest {
    private static final GatewayOpeningKey GATEWAY = GatewayOpeningKey.draw(new Random(7));
    private static final String NUMBER = "+4915100000007";

    @TempDir
    private Path home;

    private final Directory directory = new Directory();
    private final ScriptedBroker broker = new ScriptedBroker(directory);
    private final Peer carol = new Peer(3, directory, Clock.systemUTC());

    @AfterEach
    void close() {
        broker.close();
    }

    private CommandRun run(String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("--broker", broker.uri().toString(), "--home", home.toString(), "--json"));
        arguments.addAll(List.of(options));
        arguments.add("alice");
        return new CommandRun(arguments);
    }

    /** A phone that can have a gateway send, and writes to Carol. */
    private CommandRun withGateway() {
        CommandRun alice = run(
                "--yes", "--sms-gateway", "--gateway-key", GATEWAY.gatewayKey().toText());
        alice.next("\"event\":\"opted_in\"");
        alice.types("/contacts add carol " + carol.tag().toText() + " " + NUMBER);
        alice.types("/to carol");
        return alice;
    }

    private ScriptedSession session() throws InterruptedException {
        ScriptedSession session = broker.session();
        session.welcome(1, false);
        return session;
    }

    private static SmsContent opened(ClientFrame.Send send) {
        return GATEWAY.open(Objects.requireNonNull(send.capsule()), send.id()).orElseThrow();
    }

    @Test
    void haveAGatewaySayThatThereIsAMessage() throws InterruptedException {
        try (CommandRun alice = withGateway()) {
            ScriptedSession session = session();
            alice.types("/fallback notice 20s");
            alice.next("deadline 20s");
            alice.next("fallback notice");
            alice.types("call me");

            ClientFrame.Send send = session.next(ClientFrame.Send.class);
            assertThat(send.fallback()).isEqualTo(Fallback.NOTICE);
            assertThat(send.deadline()).isLessThanOrEqualTo(Duration.ofSeconds(20));
            assertThat(opened(send).number()).isEqualTo(Given.NUMBER);
            assertThat(opened(send).wording()).isInstanceOf(SmsWording.Notice.class);
            session.say(new ServerFrame.Held(send.ref(), send.id(), Given.NOW));
            alice.next("\"held\"");
            session.say(new ServerFrame.Receipt(send.id(), ReceiptState.SMS_DELIVERED, Given.NOW, true));

            assertThat(alice.next("\"event\":\"sms_delivered\""))
                    .contains(carol.read(send.body()).letter().id().toText());
        }
    }

    @Test
    void tellThatTheBrokerHasNoGatewayAndGoOutWithoutOneAfterwards() throws InterruptedException {
        try (CommandRun alice = withGateway()) {
            ScriptedSession session = session();
            alice.types("/fallback gateway");
            alice.types("call me");
            ClientFrame.Send send = session.next(ClientFrame.Send.class);
            assertThat(((SmsWording.Text) opened(send).wording()).text()).startsWith("call me");
            session.say(new ServerFrame.Refused(send.ref(), Problem.of(ProblemType.NO_GATEWAY)));
            assertThat(alice.next("\"event\":\"refused\"")).contains("\"problem\":\"no-gateway\"");

            alice.types("/fallback none");
            alice.types("call me");

            ClientFrame.Send again = session.next(ClientFrame.Send.class);
            assertThat(again.fallback()).isNull();
            assertThat(again.capsule()).isNull();
        }
    }

    @Test
    void areNotPromisedByAPhoneThatKnowsNoGateway() {
        try (CommandRun alice = run("--yes", "--sms-gateway")) {
            alice.next("\"event\":\"opted_in\"");
            alice.types("/contacts add carol " + carol.tag().toText() + " " + NUMBER);
            alice.types("/to carol");
            alice.types("/fallback gateway");
            alice.types("call me");
            alice.next("no gateway is known here");
        }
    }

    @Test
    void areNotPromisedByAnOwnerWhoHasNotAgreedNorToNobodysNumber() {
        String key = GATEWAY.gatewayKey().toText();
        try (CommandRun alice = run("--yes", "--gateway-key", key)) {
            assertThat(alice.next("\"event\":\"opted_in\"")).contains("\"scopes\":\"ip, sms_device\"");
            assertThat(scopes()).doesNotContain(Scope.SMS_GATEWAY);
            alice.types("/to " + carol.tag().toText());
            alice.types("/fallback notice");
            alice.types("call me");
            alice.next("no number for an SMS");
            alice.types("/contacts add carol " + carol.tag().toText() + " " + NUMBER);
            alice.types("/fallback gateway");
            alice.types("x".repeat(153 * 6 + 1));
            alice.next("too long for an SMS");
            alice.types("call me");
            alice.next("you have not agreed to SMS by the operator's gateway");
        }
    }

    @Test
    void areShownWhenTheyArriveUnlessTheirLetterHasCome() throws InterruptedException {
        try (CommandRun alice = withGateway()) {
            ScriptedSession session = session();
            alice.types("/sms Lethe hello  there");
            assertThat(alice.next("\"sms_arrived\""))
                    .contains("\"from\":\"Lethe\"", "\"text\":\"hello  there\"", "\"duplicate\":false");
            MessageId id = comes(session, alice);
            ShortTag tag = ShortTag.of(ReceivedLetter.name(carol.tag(), carol.identity.device(), id));

            alice.types("/sms " + NUMBER + " " + tag.after("are you there?"));

            assertThat(alice.next("\"sms_arrived\"")).contains("\"from\":\"carol\"", "\"duplicate\":true");
            alice.types("/sms");
            alice.next("/sms FROM TEXT");
        }
    }

    private MessageId comes(ScriptedSession session, CommandRun alice) {
        Identity identity = FileStore.identityIn(home.resolve("phones/alice")).orElseThrow();
        await().atMost(Duration.ofSeconds(20)).until(() -> directory.has(identity.device()));
        Opaque body = carol.write(identity.tag(), identity.device(), "are you there?");
        session.say(new ServerFrame.Deliver(1, Given.id(1), Duration.ofHours(1), Urgency.NORMAL, body));
        String received = alice.next("\"received\"");
        return MessageId.fromText(received.replaceAll(".*\"id\":\"([^\"]+)\".*", "$1"));
    }

    @Test
    void areAgreedToOnTheCommandLine() {
        try (CommandRun alice = run("--yes", "--sms-gateway")) {
            assertThat(alice.next("\"event\":\"opted_in\"")).contains("\"scopes\":\"ip, sms_device, sms_gateway\"");
            assertThat(scopes()).contains(Scope.SMS_GATEWAY).doesNotContain(Scope.DISCOVERABLE);
        }
    }

    @Test
    void wantAKeyToWhichSomethingCanBeSealed() {
        try (CommandRun alice = run("--gateway-key", "AAAA")) {
            alice.next("A gateway's key is 32 bytes in base64url.");
            assertThat(alice.exitCode()).isEqualTo(2);
        }
    }

    @Test
    void areExplainedToWhoeverAsksForAnotherFallback() {
        try (CommandRun alice = run("--yes")) {
            alice.next("\"event\":\"opted_in\"");
            for (String wrong :
                    List.of("/fallback", "/fallback pigeon", "/fallback device soon", "/fallback none 5s")) {
                alice.types(wrong);
                alice.next("/fallback notice|gateway [TIME]");
            }
        }
    }

    private List<Scope> scopes() {
        synchronized (broker) {
            return broker.requests.stream()
                    .filter(request -> request.method().equals("PUT"))
                    .map(request -> Payloads.decode(
                            Encoding.CBOR, Bodies.OptIn.class, request.body().shared()))
                    .flatMap(read -> ((Decoded.Good<Bodies.OptIn>) read).value().scopes().stream())
                    .toList();
        }
    }
}
