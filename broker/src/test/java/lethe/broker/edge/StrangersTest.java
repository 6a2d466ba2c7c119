package lethe.broker.edge;

import static lethe.broker.edge.TestPhone.exchange;
import static lethe.broker.edge.TestPhone.messageId;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import lethe.broker.TestOperator;
import lethe.core.account.Device;
import lethe.core.consent.Policy;
import lethe.core.fallback.Fallback;
import lethe.core.identity.DeviceId;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.MessageId;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.ServerFrame;
import lethe.core.receipt.ReceiptState;
import lethe.wire.Encoding;
import lethe.wire.Payloads;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whoever is no device of a subscriber hears the same at every door, whatever is behind it; and whoever sends hears the
 * same of everybody who takes nothing.
 */
class StrangersTest {
    private static final String TEXT = "Another policy. Off by default all the same.";
    private static final ExecutorService KNOCKING = Executors.newFixedThreadPool(8);

    private static final TestOperator OPERATOR = new TestOperator();
    private static TestEdge edge;

    private static TestPhone alice;
    private static TestPhone unknown;
    private static TestPhone optedOut;
    private static TestPhone behind;
    private static TestPhone optedIn;
    private static TestPhone contested;
    private static TestPhone claimant;
    private static TestPhone removed;

    @BeforeAll
    static void givenSubscribersOfEveryKind() throws Exception {
        Verifier verifier = new Verifier();
        edge = TestEdge.start("registration { open = off, verifiers.0 = \"" + verifier.key() + "\" }, policy.key = \""
                + OPERATOR.key().bytes().toText() + "\"");
        alice = registered(verifier);
        unknown = new TestPhone(edge);
        optedOut = registered(verifier);
        assertThat(exchange(optedOut.delete("/v1/self/consent", null)).statusCode())
                .isEqualTo(204);
        behind = registered(verifier);
        optedIn = registered(verifier);
        removed = optedIn.another();
        contested = registered(verifier);
        claimant = contested.rival();
        assertThat(claimant.optIn(verifier.word(claimant)).body()).contains("account-waits");
        assertThat(edge.node().raise(OPERATOR.policy(2, TEXT))).isEmpty();
        agrees(alice);
        agrees(optedIn);
        agrees(contested);
        list(optedIn, 2, optedIn, removed);
        list(optedIn, 3, optedIn);
    }

    @AfterAll
    static void stop() {
        KNOCKING.shutdownNow();
        edge.close();
    }

    private static TestPhone registered(Verifier verifier) throws Exception {
        TestPhone phone = new TestPhone(edge);
        assertThat(phone.optIn(verifier.word(phone)).statusCode()).isEqualTo(200);
        return phone;
    }

    private static void agrees(TestPhone phone) throws Exception {
        byte[] consent = Payloads.encode(Encoding.JSON, phone.consent(Policy.of(2, TEXT)));
        assertThat(exchange(phone.put("/v1/self/consent", null, consent)).statusCode())
                .isEqualTo(200);
        phone.agreedTo(2);
    }

    private static void list(TestPhone by, long version, TestPhone... devices) throws Exception {
        List<Device> listed = new ArrayList<>();
        for (TestPhone device : devices) {
            listed.add(device.listed());
        }
        byte[] body = devices(by, version, listed.toArray(Device[]::new));
        assertThat(exchange(by.put("/v1/self/devices", null, body)).statusCode())
                .isEqualTo(200);
    }

    private static byte[] devices(TestPhone by, long version, Device... devices) throws Exception {
        DeviceKey account = DeviceKey.of(by.account.getPublic());
        return Payloads.encode(Encoding.JSON, new Bodies.AccountDevices(account, by.list(version, devices)));
    }

    /** All of an answer but for the time of day. */
    private record Said(int code, Map<String, List<String>> fields, String text) {
        static Said of(HttpResponse<String> answer) {
            Map<String, List<String>> fields = new TreeMap<>(answer.headers().map());
            fields.remove("date");
            return new Said(answer.statusCode(), fields, answer.body());
        }
    }

    private interface Knock {
        Said by(TestPhone phone) throws Exception;
    }

    private interface Request {
        HttpRequest.Builder of(TestPhone phone) throws Exception;
    }

    private static Knock asking(Request request) {
        return phone -> Said.of(heard(request.of(phone)));
    }

    /** No sooner than it would take to find out who is there: a shorter time tells as much as a word. */
    private static HttpResponse<String> heard(HttpRequest.Builder request) throws Exception {
        long since = System.nanoTime();
        HttpResponse<String> answer = exchange(request);
        assertThat(Duration.ofNanos(System.nanoTime() - since)).isGreaterThanOrEqualTo(Duration.ofMillis(250));
        return answer;
    }

    private static Said knocksAtTheSocket(TestPhone phone) throws Exception {
        try (TestSocket socket = TestSocket.open(edge).say(phone, 8)) {
            TestSocket.Frame first = socket.frame();
            assertThat(first.opcode()).as("the first frame says close").isEqualTo(8);
            return new Said(first.closeCode(), Map.of(), first.closeText());
        }
    }

    /** What only a device of the subscriber may do. */
    private static Map<String, Knock> doors() {
        byte[] ids = Payloads.encode(Encoding.JSON, new Bodies.Ids(List.of(messageId())));
        byte[] message = outgoing(null, null, null, null);
        String outbox = "/v1/outbox/" + messageId().toText();
        Map<String, Knock> doors = new LinkedHashMap<>();
        doors.put("socket", StrangersTest::knocksAtTheSocket);
        doors.put("poll", asking(phone -> phone.get("/v1/inbox")));
        doors.put("acknowledge", asking(phone -> phone.post("/v1/inbox/acks", null, ids)));
        doors.put("see the consent", asking(phone -> phone.get("/v1/self/consent")));
        doors.put("opt out", asking(phone -> phone.delete("/v1/self/consent", null)));
        doors.put("see the devices", asking(phone -> phone.get("/v1/self/devices")));
        doors.put("list", asking(phone -> phone.put("/v1/self/devices", null, devices(phone, 9, phone.listed()))));
        doors.put("see a claim", asking(phone -> phone.get("/v1/self/takeover")));
        doors.put("agree", asking(phone -> phone.put("/v1/self/takeover", null, claim(phone))));
        doors.put("object", asking(phone -> phone.delete("/v1/self/takeover", null)));
        doors.put("export", asking(phone -> phone.get("/v1/self/export")));
        doors.put("send", asking(phone -> phone.put(outbox, alice.tag, message)));
        doors.put("ask after", asking(phone -> phone.signed("GET", outbox, alice.tag, new byte[0])));
        doors.put("revoke", asking(phone -> phone.delete(outbox, alice.tag)));
        doors.put("settle", asking(phone -> phone.post("/v1/outbox/settled", alice.tag, ids)));
        return doors;
    }

    private static byte[] claim(TestPhone phone) {
        DeviceKey account = DeviceKey.of(phone.account.getPublic());
        return Payloads.encode(Encoding.JSON, new Bodies.Claimant(account, Instant.EPOCH));
    }

    /** What anybody may try who says that the address is its own. */
    private static Map<String, Knock> entrances() {
        Policy policy = Policy.of(2, TEXT);
        return Map.of(
                "opt in with an account",
                        asking(phone -> phone.put(
                                "/v1/self/consent", null, Payloads.encode(Encoding.JSON, phone.consent(policy)))),
                "opt in to the policy before", phone -> Said.of(phone.optIn()),
                "opt in as a device of the account", phone -> Said.of(phone.optInAsDevice(policy)));
    }

    private static Map<String, TestPhone> strangers() throws Exception {
        Map<String, TestPhone> strangers = new LinkedHashMap<>();
        strangers.put("another where somebody opted out", optedOut.rival());
        strangers.put("an impostor of whoever opted out", optedOut.impostor());
        strangers.put("whoever opted out", optedOut);
        strangers.put("another where the policy before was agreed to", behind.rival());
        strangers.put("an impostor where the policy before was agreed to", behind.impostor());
        strangers.put("another where somebody is opted in", optedIn.rival());
        strangers.put("an impostor of whoever is opted in", optedIn.impostor());
        strangers.put("another where two claim the address", contested.rival());
        return strangers;
    }

    /** At one door: what somebody hears, and what is heard where nobody ever was. */
    private record Heard(String where, Future<Said> said, Future<Said> atNobodys) {}

    /** Knocks everywhere at once: each no takes its time. */
    private static void hearTheSame(Map<String, Knock> doors, Map<String, TestPhone> strangers) throws Exception {
        List<Heard> all = new ArrayList<>();
        for (var door : doors.entrySet()) {
            Knock knock = door.getValue();
            Future<Said> atNobodys = KNOCKING.submit(() -> knock.by(unknown));
            for (var stranger : strangers.entrySet()) {
                all.add(new Heard(
                        door.getKey() + ": " + stranger.getKey(),
                        KNOCKING.submit(() -> knock.by(stranger.getValue())),
                        atNobodys));
            }
        }
        for (Heard heard : all) {
            Said expected = heard.atNobodys().get(60, TimeUnit.SECONDS);
            assertThat(expected.code()).as(heard.where()).isIn(401, 403, 409, 4401);
            assertThat(heard.said().get(60, TimeUnit.SECONDS)).as(heard.where()).isEqualTo(expected);
        }
    }

    @Test
    void hearTheSameWhateverIsBehindTheDoor() throws Exception {
        Map<String, TestPhone> strangers = strangers();
        strangers.put("whoever claims the address", claimant);
        strangers.put("a device that was removed", removed);

        hearTheSame(doors(), strangers);
    }

    @Test
    void hearTheSameWhenTheyOptInWithoutProof() throws Exception {
        hearTheSame(entrances(), strangers());
    }

    /** The policy was raised: whoever proves a key that is on record may know. */
    @Test
    void aDeviceOnRecordHearsWhyItIsOut() throws Exception {
        assertThat(exchange(behind.get("/v1/inbox")).body()).contains("no-consent");
        assertThat(knocksAtTheSocket(behind).code()).isEqualTo(4403);
        assertThat(exchange(behind.get("/v1/self/consent")).statusCode()).isEqualTo(200);
    }

    private static byte[] outgoing(
            @Nullable DeviceId device, @Nullable Long list, @Nullable MessageId after, @Nullable Fallback fallback) {
        return Payloads.encode(
                Encoding.JSON,
                new Bodies.Outgoing(
                        device,
                        null,
                        null,
                        fallback == null ? null : Duration.ofMinutes(1),
                        fallback,
                        after,
                        TestEdge.random(16),
                        list));
    }

    private static List<TestPhone> whoTakeNothing() {
        return List.of(unknown, optedOut, behind);
    }

    /** Without what is different for each message. */
    private static Said withoutIdAndTime(Said said) {
        return new Said(
                said.code(),
                said.fields(),
                said.text().replaceAll("\"id\":\"[^\"]*\"", "").replaceAll("\"at\":[0-9]*", ""));
    }

    @Test
    void sendersHearTheSameOfAllWhoTakeNothing() throws Exception {
        DeviceId somebodys = optedIn.device;
        List<byte[]> messages = List.of(
                outgoing(null, null, null, null),
                outgoing(null, 7L, null, null),
                outgoing(somebodys, 1L, null, null),
                outgoing(behind.device, 1L, null, null),
                outgoing(null, null, messageId(), null),
                outgoing(null, null, null, Fallback.DEVICE));
        for (byte[] message : messages) {
            Said expected = null;
            for (TestPhone recipient : whoTakeNothing()) {
                HttpResponse<String> answer =
                        heard(alice.put("/v1/outbox/" + messageId().toText(), recipient.tag, message));
                Said said = withoutIdAndTime(Said.of(answer));
                assertThat(said.text()).contains("\"rejected\"");
                expected = expected == null ? said : expected;
                assertThat(said).isEqualTo(expected);
            }
        }
    }

    @Test
    void sendersHearTheSameOfMessagesThatNobodyKnows() throws Exception {
        byte[] ids = Payloads.encode(Encoding.JSON, new Bodies.Ids(List.of(messageId())));
        String outbox = "/v1/outbox/" + messageId().toText();
        List<Request> questions = new ArrayList<>();
        for (TestPhone recipient : List.of(unknown, optedOut, behind, optedIn)) {
            questions.add(phone -> phone.signed("GET", outbox, recipient.tag, new byte[0]));
            questions.add(phone -> phone.delete(outbox, recipient.tag));
            questions.add(phone -> phone.post("/v1/outbox/settled", recipient.tag, ids));
        }
        for (int i = 0; i < questions.size(); i++) {
            assertThat(Said.of(heard(questions.get(i).of(alice))))
                    .isEqualTo(Said.of(heard(questions.get(i % 3).of(alice))));
        }
    }

    @Test
    void sendersHearTheSameOnASocket() throws Exception {
        try (TestSocket socket = TestSocket.connect(edge, alice)) {
            for (TestPhone recipient : whoTakeNothing()) {
                for (Long list : new Long[] {null, 7L}) {
                    MessageId id = messageId();
                    socket.send(new ClientFrame.Send(
                            1, id, recipient.tag, null, null, null, null, null, null, TestEdge.random(16), list));
                    assertThat(socket.next())
                            .isInstanceOfSatisfying(
                                    ServerFrame.Receipt.class,
                                    receipt -> assertThat(receipt)
                                            .isEqualTo(new ServerFrame.Receipt(
                                                    id, ReceiptState.REJECTED, receipt.at(), false)));
                }
            }
            for (TestPhone recipient : List.of(unknown, optedOut, behind, optedIn)) {
                MessageId id = messageId();
                socket.send(new ClientFrame.Watch(recipient.tag, List.of(id)));
                assertThat(socket.next()).isEqualTo(new ServerFrame.Unknown(id));
                socket.send(new ClientFrame.Revoke(2, recipient.tag, id));
                assertThat(socket.next()).isEqualTo(new ServerFrame.Unknown(id));
            }
        }
    }
}
