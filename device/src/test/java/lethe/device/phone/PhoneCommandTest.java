package lethe.device.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import lethe.core.fallback.Fallback;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.ServerFrame;
import lethe.core.protocol.Urgency;
import lethe.core.receipt.ReceiptState;
import lethe.device.Given;
import lethe.device.Resources;
import lethe.device.ScriptedBroker;
import lethe.device.ScriptedSession;
import lethe.device.TextMessage;
import lethe.device.store.Durability;
import lethe.device.store.FileStore;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhoneCommandTest {
    @TempDir
    private Path home;

    private final ScriptedBroker broker = new ScriptedBroker(new Resources());

    @AfterEach
    void close() {
        broker.close();
    }

    private CommandRun run(String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("--broker", broker.uri().toString(), "--home", home.toString()));
        arguments.addAll(List.of(options));
        return new CommandRun(arguments);
    }

    private Tag bob() {
        try (FileStore store = FileStore.open(home.resolve("phones/bob"), Durability.PROCESS, new Random(2))
                .orElseThrow()) {
            return store.identity().tag();
        }
    }

    @Test
    void isOffUntilItsOwnerAgreed() {
        try (CommandRun alice = run("--json", "alice")) {
            assertThat(alice.next("\"started\"")).contains("\"opted_in\":false");
            alice.types("/to " + Given.tag(2).toText());
            alice.types("hello");
            assertThat(alice.next("\"error\"")).contains("Lethe is off");
            assertThat(broker.connections()).isZero();

            alice.types("/optin");
            assertThat(alice.next("\"policy\"")).contains(Resources.TEXT);
            alice.types("no");
            alice.next("Lethe stays off.");
            assertThat(broker.requests).hasSize(1);
        }
    }

    @Test
    void agreesToBeListedOnlyIfItsOwnerSaysSo() {
        try (CommandRun alice = run("--json", "--yes", "alice")) {
            alice.next("\"event\":\"opted_in\"");
            assertThat(consents()).doesNotContain("DISCOVERABLE");
        }
        try (CommandRun bob = run("--json", "--yes", "--discoverable", "bob")) {
            bob.next("\"event\":\"opted_in\"");
            assertThat(consents()).contains("DISCOVERABLE");
        }
    }

    @Test
    void servesTwoNumbersThatHaveNothingInCommon() throws InterruptedException {
        Tag bob = bob();
        try (CommandRun alice = run("--json", "--yes", "--lines", "2", "alice")) {
            String started = alice.next("\"started\"");
            assertThat(started).contains("\"line\":1");
            ScriptedSession one = broker.session();
            Tag tag = one.welcome(1, false).tag();
            ScriptedSession other = broker.session();
            Tag otherTag = other.welcome(2, false).tag();
            assertThat(tag).isNotEqualTo(otherTag);
            boolean inOrder = started.contains(tag.toText());
            ScriptedSession first = inOrder ? one : other;
            ScriptedSession second = inOrder ? other : one;

            alice.types("/line 2");
            alice.types("/to " + bob.toText());
            alice.types("from my other number");
            ClientFrame.Send send = second.next(ClientFrame.Send.class);
            assertThat(TextMessage.read(send.body()).map(TextMessage::from)).contains(inOrder ? otherTag : tag);
            assertThat(alice.next("\"sent\"")).contains("\"line\":2");
            second.close(4403);
            assertThat(alice.next("\"closed\"")).contains("\"line\":2");
            alice.types("/line 3");
            alice.next("this phone serves 1 to 2");
            alice.types("/line 1");
            alice.types("/to bob");
            alice.types("and from the first");
            first.next(ClientFrame.Send.class);
        }
        Path phone = home.resolve("phones/alice");
        assertThat(FileStore.identityIn(phone).orElseThrow().key())
                .isNotEqualTo(FileStore.identityIn(FileStore.line(phone, 2))
                        .orElseThrow()
                        .key());
    }

    @Test
    void hasNoFifthNumber() {
        try (CommandRun alice = run("--lines", "5", "alice")) {
            alice.next("A phone has 1 to 4 lines.");
            assertThat(alice.exitCode()).isEqualTo(2);
        }
    }

    @Test
    void setsARegistrationPinThatItShowsNowhere() {
        try (CommandRun alice = run("--json", "--yes", "alice")) {
            alice.next("\"event\":\"opted_in\"");
            alice.types("/pin");
            alice.next("New registration PIN");
            alice.types("493815");
            alice.next("Again:");
            alice.types("493816");
            alice.next("these are two different ones");

            alice.types("/pin");
            alice.types("493815");
            alice.types("493815");
            assertThat(alice.next("the registration PIN is set")).doesNotContain("493815");
            alice.types("/pin off");
            alice.next("no registration PIN is set any more");
        }
        synchronized (broker) {
            assertThat(broker.requests)
                    .filteredOn(request -> request.path().equals("/v1/self/pin"))
                    .extracting(ScriptedBroker.Request::method)
                    .containsExactly("PUT", "DELETE");
        }
    }

    @Test
    void givesTheRegistrationPinWhenItOptsIn() {
        try (CommandRun alice = run("--json", "--yes", "--pin", "alice")) {
            alice.next("This number's registration PIN");
            alice.types("493815");
            alice.next("\"event\":\"opted_in\"");
            assertThat(claim().pin()).isNotNull();
            alice.types("/optin");
            alice.types("y");
            alice.next("\"event\":\"opted_in\"");
            assertThat(claim().pin()).isNull();
        }
    }

    /** What the account showed in the last opt-in that the broker was sent. */
    private Bodies.AccountClaim claim() {
        synchronized (broker) {
            return broker.requests.stream()
                    .filter(request -> request.method().equals("PUT"))
                    .map(request -> Payloads.decode(
                            Encoding.CBOR, Bodies.OptIn.class, request.body().shared()))
                    .map(read -> Objects.requireNonNull(
                            ((Decoded.Good<Bodies.OptIn>) read).value().account()))
                    .reduce((earlier, later) -> later)
                    .orElseThrow();
        }
    }

    @Test
    void asksWhoeverSitsThereWhetherToBeListed() {
        try (CommandRun alice = run("alice")) {
            alice.types("/optin");
            alice.next("Do you agree?");
            alice.types("y");
            alice.next("May whoever has your number see that you can be reached?");
            alice.types("y");
            alice.next("Lethe is on");
            assertThat(consents()).contains("DISCOVERABLE");
            alice.types("/optin");
            alice.next("Do you agree?");
            alice.types("y");
            alice.next("May whoever has your number see that you can be reached?");
            alice.types("n");
            alice.next("Lethe is on");
            assertThat(consents()).doesNotContain("DISCOVERABLE");
        }
    }

    /** The scopes of the last opt-in that the broker was sent. */
    private String consents() {
        synchronized (broker) {
            return broker.requests.stream()
                    .filter(request -> request.method().equals("PUT"))
                    .map(request -> Payloads.decode(
                            Encoding.CBOR, Bodies.OptIn.class, request.body().shared()))
                    .map(read ->
                            ((Decoded.Good<Bodies.OptIn>) read).value().scopes().toString())
                    .reduce("", (earlier, later) -> later);
        }
    }

    @Test
    void chatsWithAnotherPhoneOfThisMachineByName() throws InterruptedException {
        Tag bob = bob();
        try (CommandRun alice = run("--json", "--yes", "alice")) {
            alice.next("\"opted_in\"");
            ScriptedSession session = broker.session();
            session.welcome(1, false);
            alice.next("\"connected\"");
            alice.types("/to bob");
            alice.types("Grüße");

            ClientFrame.Send send = session.next(ClientFrame.Send.class);
            assertThat(send.to()).isEqualTo(bob);
            assertThat(TextMessage.read(send.body()).map(TextMessage::text)).contains("Grüße");
            assertThat(alice.next("\"sent\""))
                    .contains("\"to\":\"bob\"")
                    .contains(send.id().toText());
            session.say(new ServerFrame.Receipt(send.id(), ReceiptState.DELIVERED, Given.NOW, false));
            assertThat(alice.next("\"delivered\"")).contains(send.id().toText());

            TextMessage answer = new TextMessage(bob, "to you too", Given.NOW);
            session.say(new ServerFrame.Deliver(1, Given.id(1), Duration.ofHours(1), Urgency.NORMAL, answer.toBody()));
            assertThat(alice.next("\"received\"")).contains("\"from\":\"bob\"").contains("\"text\":\"to you too\"");

            alice.types("/quit");
            assertThat(alice.exitCode()).isZero();
        }
    }

    @Test
    void showsTheSmsThatItsModemWouldSend() throws InterruptedException {
        try (CommandRun alice = run("--json", "--yes", "--wire", "json", "alice")) {
            alice.next("\"opted_in\"");
            ScriptedSession session = broker.session();
            session.welcome(1, false);
            alice.types("/contacts add carol " + Given.tag(3).toText() + " +4915100000007");
            alice.types("/to carol");
            alice.types("/deadline 20s");
            alice.types("/fallback device");
            alice.types("call me");

            ClientFrame.Send send = session.next(ClientFrame.Send.class);
            assertThat(send.fallback()).isEqualTo(Fallback.DEVICE);
            assertThat(send.deadline()).isLessThanOrEqualTo(Duration.ofSeconds(20));
            session.say(new ServerFrame.FallbackNow(send.id(), Given.NOW, true));

            assertThat(alice.next("\"event\":\"sms\""))
                    .contains("\"number\":\"+4915100000007\"")
                    .contains("\"text\":\"call me\"");
            assertThat(alice.next("\"sms_sent\"")).contains(send.id().toText());
        }
    }

    @Test
    void speaksPlainlyInATerminal() throws InterruptedException {
        Tag bob = bob();
        try (CommandRun alice = run("--yes", "alice")) {
            alice.next("Lethe is off. Nothing has been opened or sent.");
            alice.next("Lethe is on");
            ScriptedSession session = broker.session();
            session.welcome(1, false);
            alice.next("(connected)");
            TextMessage first = new TextMessage(bob, "are you there?", Given.NOW);
            session.say(new ServerFrame.Deliver(1, Given.id(1), Duration.ofHours(1), Urgency.NORMAL, first.toBody()));
            session.next(ClientFrame.Ack.class);
            alice.next("bob: are you there?");
            alice.types("/to bob");
            alice.types("hello");
            ClientFrame.Send send = session.next(ClientFrame.Send.class);
            alice.next("#1 to bob: on its way");
            session.say(new ServerFrame.Held(send.ref(), send.id(), Given.NOW));
            alice.next("#1 held by the broker until");
            session.close(4403);
            alice.next("the policy asks for a new consent");
        }
    }

    @Test
    void showsThePolicyThatWasRaisedAndAsksAnew() throws InterruptedException {
        try (CommandRun alice = run("--yes", "alice")) {
            alice.next("Lethe is on");
            broker.session().welcome(1, false);
            alice.next("(connected)");
        }
        try (CommandRun alice = run("alice")) {
            ScriptedSession session = broker.session();
            session.welcome(2, false);
            alice.next("(connected)");
            int asked = broker.requests.size();
            session.close(4403);
            alice.next("Fetch the policy in force now");
            assertThat(broker.requests).hasSize(asked);

            alice.types("y");
            alice.next(Resources.TEXT);
            alice.next("Do you agree?");
            alice.types("y");
            alice.next("May whoever has your number see that you can be reached?");
            alice.types("");
            alice.next("Lethe is on");
            assertThat(consents()).doesNotContain("DISCOVERABLE");
            broker.session().welcome(3, false);
            alice.next("(connected)");
        }
    }

    @Test
    void staysOffWhenItsOwnerDoesNotReadThePolicyThatWasRaised() throws InterruptedException {
        try (CommandRun alice = run("--yes", "alice")) {
            alice.next("Lethe is on");
            ScriptedSession session = broker.session();
            session.welcome(1, false);
            alice.next("(connected)");
            int asked = broker.requests.size();
            session.close(4403);
            alice.next("Fetch the policy in force now");

            alice.types("");
            alice.next("Lethe stays off.");
            assertThat(broker.requests).hasSize(asked);
        }
    }

    @Test
    void refusesAPolicyKeyThatIsNone() {
        try (CommandRun alice = run("--policy-key", "AAAA", "alice")) {
            alice.next("A policy key is 32 bytes");
            assertThat(alice.exitCode()).isEqualTo(2);
        }
    }

    @Test
    void believesNoPolicyThatItsPinnedKeyDidNotSign() {
        String pinned =
                new DeviceKey(Opaque.wrap(new byte[DeviceKey.LENGTH])).bytes().toText();
        try (CommandRun alice = run("--json", "--yes", "--policy-key", pinned, "alice")) {
            alice.next("The signature does not hold.");
            alice.types("/to " + Given.tag(2).toText());
            alice.types("hello");
            alice.next("Lethe is off");
        }
    }

    @Test
    void leavesWithItsParent() throws InterruptedException {
        try (CommandRun alice = run("--json", "--yes", "--exit-with-parent", "alice")) {
            alice.next("\"opted_in\"");
            broker.session().welcome(1, false);
            alice.types("/to " + Given.tag(2).toText());
            alice.types("nobody will answer this");
            alice.next("\"sent\"");

            alice.endsItsInput();

            assertThat(alice.exitCode()).isZero();
        }
    }

    @Test
    void belongsToOneTerminalAtATime() {
        try (FileStore store = FileStore.open(home.resolve("phones/alice"), Durability.PROCESS, new Random(1))
                        .orElseThrow();
                CommandRun alice = run("alice")) {
            assertThat(store.consent()).isEmpty();
            alice.next("The phone alice is in use in another terminal.");
            assertThat(alice.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void signsARequestForCurl() {
        Tag bob = bob();
        try (CommandRun sign = run("bob", "sign", "get", "/v1/outbox/x?a=b", "--to", bob.toText())) {
            assertThat(sign.next("request")).isEqualTo("request = \"GET\"");
            assertThat(sign.next("Lethe-Tag")).isEqualTo("header = \"Lethe-Tag: " + bob.toText() + "\"");
            assertThat(sign.next("Lethe-To")).isEqualTo("header = \"Lethe-To: " + bob.toText() + "\"");
            assertThat(sign.next("Signature-Input"))
                    .startsWith("header = \"Signature-Input: lethe=(\\\"@method\\\" \\\"@path\\\" \\\"lethe-tag\\\""
                            + " \\\"lethe-to\\\");created=");
            assertThat(sign.next("Signature:")).matches("header = \"Signature: lethe=:[A-Za-z0-9+/]{86}==:\"");
            assertThat(sign.exitCode()).isZero();
        }
        try (CommandRun sign = run("nobody", "sign", "GET", "/v1/inbox")) {
            sign.next("There is no phone nobody yet");
            assertThat(sign.exitCode()).isEqualTo(2);
        }
    }
}
