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
import lethe.core.block.Evidence;
import lethe.core.block.ReportReason;
import lethe.core.fallback.Fallback;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.ServerFrame;
import lethe.core.protocol.Urgency;
import lethe.core.receipt.ReceiptState;
import lethe.device.Directory;
import lethe.device.Given;
import lethe.device.Peer;
import lethe.device.Resources;
import lethe.device.ScriptedBroker;
import lethe.device.ScriptedSession;
import lethe.device.store.Durability;
import lethe.device.store.FileStore;
import lethe.device.store.Identity;
import lethe.seal.Opening;
import lethe.seal.content.Content;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhoneCommandTest {
    @TempDir
    private Path home;

    private final Directory directory = new Directory();
    private final ScriptedBroker broker = new ScriptedBroker(directory);

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

    /** Another phone of this machine, whose name the phones know. */
    private Peer bob() {
        try (FileStore store = FileStore.open(home.resolve("phones/bob"), Durability.PROCESS, new Random(2))
                .orElseThrow()) {
            return new Peer(store.identity(), 2, directory, Clock.systemUTC());
        }
    }

    private Peer somebody(int number) {
        return new Peer(number, directory, Clock.systemUTC());
    }

    /** Writes to alice's phone, once that has left prekeys. */
    private Opaque toAlice(Peer from, String text) {
        Identity alice = FileStore.identityIn(home.resolve("phones/alice")).orElseThrow();
        await().atMost(Duration.ofSeconds(20)).until(() -> directory.has(alice.device()));
        return from.write(alice.tag(), alice.device(), text);
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
        Peer bob = bob();
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
            alice.types("/to " + bob.tag().toText());
            alice.types("from my other number");
            ClientFrame.Send send = second.next(ClientFrame.Send.class);
            assertThat(bob.read(send.body()).sender().tag()).isEqualTo(inOrder ? otherTag : tag);
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
    void asksWhoeverSitsThereWhatIsNotAskedOfEverybody() {
        try (CommandRun alice = run("alice")) {
            alice.types("/optin");
            alice.next("Do you agree?");
            alice.types("y");
            alice.next("May whoever has your number see that you can be reached?");
            alice.types("y");
            alice.next("May the operator send an SMS");
            alice.types("y");
            alice.next("Lethe is on: you agreed to policy epoch 3, and to ip, sms_device, sms_gateway, discoverable.");
            assertThat(consents()).contains("DISCOVERABLE", "SMS_GATEWAY");
            alice.types("/optin");
            alice.next("Do you agree?");
            alice.types("y");
            alice.next("May whoever has your number see that you can be reached?");
            alice.types("n");
            alice.next("May the operator send an SMS");
            alice.types("");
            alice.next("Lethe is on");
            assertThat(consents()).doesNotContain("DISCOVERABLE").doesNotContain("SMS_GATEWAY");
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
    void blocksASenderShowsNothingOfItAndReportsTheLastMessage() throws InterruptedException {
        Peer bob = bob();
        MessageId id = Given.id(9);
        try (CommandRun alice = run("--json", "--yes", "alice")) {
            alice.next("\"opted_in\"");
            ScriptedSession session = broker.session();
            session.welcome(1, false);
            Opaque body = toAlice(bob, "buy now");
            session.say(new ServerFrame.Deliver(1, id, Duration.ofHours(1), Urgency.NORMAL, body));
            assertThat(alice.next("buy now")).contains("\"from\":\"bob\"");

            alice.types("/report spam");
            alice.next("reported:");
            assertThat(lastRequest("/v1/reports").body())
                    .isEqualTo(Opaque.wrap(Payloads.encode(
                            Encoding.CBOR, new Bodies.Report(ReportReason.SPAM, Evidence.proof(id, body)))));

            alice.types("/block bob");
            alice.next("blocked: nothing comes from bob any more");
            assertThat(lastRequest("/v1/self/blocks").method()).isEqualTo("PUT");
            assertThat(lastRequest("/v1/self/blocks").headers())
                    .containsEntry("lethe-to", bob.tag().toText());
            Opaque late = toAlice(bob, "taken before");
            session.say(new ServerFrame.Deliver(2, Given.id(10), Duration.ofHours(1), Urgency.NORMAL, late));
            Opaque another = toAlice(somebody(3), "hello");
            session.say(new ServerFrame.Deliver(3, Given.id(11), Duration.ofHours(1), Urgency.NORMAL, another));
            assertThat(alice.next("\"received\"")).contains("hello");
            alice.types("/blocks");
            alice.next("bob");
            alice.next("1 of 1000 are blocked at the broker");

            alice.types("/unblock bob");
            alice.next("not blocked: bob");
            assertThat(lastRequest("/v1/self/blocks").method()).isEqualTo("DELETE");
        }
    }

    private long asksForPolicies() {
        synchronized (broker) {
            return broker.requests.stream()
                    .filter(request -> request.path().equals("/v1/policy"))
                    .count();
        }
    }

    private ScriptedBroker.Request lastRequest(String path) {
        synchronized (broker) {
            return broker.requests.stream()
                    .filter(request -> request.path().equals(path))
                    .reduce((earlier, later) -> later)
                    .orElseThrow();
        }
    }

    @Test
    void chatsWithAnotherPhoneOfThisMachineByName() throws InterruptedException {
        Peer bob = bob();
        try (CommandRun alice = run("--json", "--yes", "alice")) {
            alice.next("\"opted_in\"");
            ScriptedSession session = broker.session();
            session.welcome(1, false);
            alice.next("\"connected\"");
            alice.types("/to bob");
            alice.types("Grüße");

            ClientFrame.Send send = session.next(ClientFrame.Send.class);
            assertThat(send.to()).isEqualTo(bob.tag());
            assertThat(send.device()).isEqualTo(bob.identity.device());
            Opening.Opened read = bob.read(send.body());
            String id = read.letter().id().toText();
            assertThat(read.letter().content()).isEqualTo(new Content.Text("Grüße"));
            assertThat(alice.next("\"sent\"")).contains("\"to\":\"bob\"").contains(id);
            session.say(new ServerFrame.Receipt(send.id(), ReceiptState.DELIVERED, Given.NOW, false));
            assertThat(alice.next("\"delivered\"")).contains(id);

            Opaque answer = toAlice(bob, "to you too");
            session.say(new ServerFrame.Deliver(1, Given.id(1), Duration.ofHours(1), Urgency.NORMAL, answer));
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
            Peer carol = somebody(3);
            alice.types("/contacts add carol " + carol.tag().toText() + " +4915100000007");
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
                    .containsPattern("\"text\":\"call me #[0-9a-z]{6}\"");
            assertThat(alice.next("\"sms_sent\""))
                    .contains(carol.read(send.body()).letter().id().toText());
        }
    }

    @Test
    void speaksPlainlyInATerminal() throws InterruptedException {
        Peer bob = bob();
        try (CommandRun alice = run("--yes", "alice")) {
            alice.next("Lethe is off. Nothing has been opened or sent.");
            alice.next("Lethe is on");
            ScriptedSession session = broker.session();
            session.welcome(1, false);
            alice.next("(connected)");
            Opaque first = toAlice(bob, "are you there?");
            session.say(new ServerFrame.Deliver(1, Given.id(1), Duration.ofHours(1), Urgency.NORMAL, first));
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
            long asked = asksForPolicies();
            session.close(4403);
            alice.next("Fetch the policy in force now");
            assertThat(asksForPolicies()).isEqualTo(asked);

            alice.types("y");
            alice.next(Resources.TEXT);
            alice.next("Do you agree?");
            alice.types("y");
            alice.next("May whoever has your number see that you can be reached?");
            alice.types("");
            alice.next("May the operator send an SMS");
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
            long asked = asksForPolicies();
            session.close(4403);
            alice.next("Fetch the policy in force now");

            alice.types("");
            alice.next("Lethe stays off.");
            assertThat(asksForPolicies()).isEqualTo(asked);
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
            alice.next("The policy is not signed with the operator's key");
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
        Tag bob = bob().tag();
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
