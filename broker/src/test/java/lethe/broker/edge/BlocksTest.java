package lethe.broker.edge;

import static lethe.broker.edge.TestPhone.exchange;
import static lethe.broker.edge.TestPhone.messageId;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import lethe.core.fallback.Fallback;
import lethe.core.identity.DeviceId;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.PrekeyBodies;
import lethe.core.protocol.ServerFrame;
import lethe.core.receipt.ReceiptState;
import lethe.wire.Encoding;
import lethe.wire.Frames;
import lethe.wire.Payloads;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bob does not want to hear from Mallory, and Mallory does not learn it. */
class BlocksTest {
    private static final String BLOCKS = "/v1/self/blocks";

    private static TestEdge edge;

    private TestPhone bob;
    private TestPhone mallory;
    private TestPhone nobody;

    @BeforeAll
    static void start() throws Exception {
        edge = TestEdge.start();
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @BeforeEach
    void prepare() throws Exception {
        bob = optedIn(edge);
        mallory = optedIn(edge);
        nobody = new TestPhone(edge);
    }

    @Test
    void aBlockedSenderHearsWhatASenderToNobodyHears() throws Exception {
        block(mallory);
        for (Fallback fallback : List.of(Fallback.NONE, Fallback.DEVICE)) {
            MessageId id = messageId();
            Opaque body = TestEdge.random(40);
            HttpResponse<String> ofNobody = send(mallory, nobody, id, body, fallback);
            HttpResponse<String> ofBob = send(mallory, bob, id, body, fallback);

            assertThat(ofBob.body()).contains("\"state\":\"rejected\"");
            assertThat(timeless(ofBob.body())).isEqualTo(timeless(ofNobody.body()));
            assertThat(ofBob.statusCode()).isEqualTo(ofNobody.statusCode());
            assertThat(headers(ofBob)).isEqualTo(headers(ofNobody));
            assertThat(ask(mallory, bob, id).statusCode())
                    .isEqualTo(ask(mallory, nobody, id).statusCode());
        }
    }

    @Test
    void whoWantsAGatewayHearsThatThereIsNoneWhoeverItIsFor() throws Exception {
        block(mallory);
        Opaque capsule = TestEdge.random(320);
        for (Fallback fallback : List.of(Fallback.GATEWAY, Fallback.NOTICE)) {
            Bodies.Outgoing message =
                    new Bodies.Outgoing(null, null, null, null, fallback, null, TestEdge.random(40), null, capsule);
            for (TestPhone to : List.of(bob, nobody)) {
                HttpResponse<String> answer =
                        exchange(mallory.put("/v1/outbox/" + messageId().toText(), to.tag, json(message)));
                assertThat(answer.statusCode()).isEqualTo(403);
                assertThat(answer.body()).contains("/problems#no-gateway");
            }
        }
    }

    @Test
    void itHearsTheSameOnItsSocketWhetherTheRecipientIsThereOrNot() throws Exception {
        block(mallory);
        try (TestSocket socket = TestSocket.connect(edge, mallory)) {
            String ofNobody = said(socket, nobody);
            assertThat(said(socket, bob)).isEqualTo(ofNobody);
            try (TestSocket there = TestSocket.connect(edge, bob)) {
                assertThat(said(socket, bob)).isEqualTo(ofNobody);
                TestPhone alice = optedIn(edge);
                send(alice, bob, messageId(), TestEdge.random(40), null);
                assertThat(there.next()).isInstanceOf(ServerFrame.Deliver.class);
            }
        }
    }

    /** Whoever may send is told by {@code devices-differ} and by bundles which devices there are. */
    @Test
    void itLearnsNothingOfTheRecipientsDevices() throws Exception {
        TestPhone tablet = bob.another();
        Bodies.AccountDevices both = new Bodies.AccountDevices(
                DeviceKey.of(bob.account.getPublic()), bob.list(2, bob.listed(), tablet.listed()));
        assertThat(exchange(bob.put("/v1/self/devices", null, json(both))).statusCode())
                .isEqualTo(200);
        TestPhone alice = optedIn(edge);
        List<Bodies.Outgoing> wrong =
                List.of(to(null, null), to(null, 1L), to(mallory.device, null), to(bob.device, 1L));
        for (Bodies.Outgoing message : wrong.subList(0, 3)) {
            assertThat(send(alice, bob, message).body()).contains("devices-differ");
        }
        block(mallory);

        for (Bodies.Outgoing message : wrong) {
            HttpResponse<String> ofNobody = send(mallory, nobody, message);
            HttpResponse<String> ofBob = send(mallory, bob, message);
            assertThat(ofBob.body()).contains("rejected");
            assertThat(headers(ofBob)).isEqualTo(headers(ofNobody));
            assertThat(withoutIds(ofBob)).isEqualTo(withoutIds(ofNobody));
        }
        HttpResponse<String> bundle = bundle(mallory, bob);
        assertThat(bundle.statusCode()).isEqualTo(404);
        assertThat(bundle.body()).isEqualTo(bundle(mallory, nobody).body());
        assertThat(bundle(alice, bob).body()).contains(tablet.device.toText());
    }

    private static Bodies.Outgoing to(@Nullable DeviceId device, @Nullable Long list) {
        return new Bodies.Outgoing(device, null, null, null, null, null, Opaque.wrap(new byte[40]), list);
    }

    private static HttpResponse<String> send(TestPhone from, TestPhone to, Bodies.Outgoing message) throws Exception {
        return exchange(from.put("/v1/outbox/" + messageId().toText(), to.tag, json(message)));
    }

    private static HttpResponse<String> bundle(TestPhone from, TestPhone of) throws Exception {
        return exchange(from.post("/v1/bundle", of.tag, json(new PrekeyBodies.BundleRequest(List.of(2)))));
    }

    private static String withoutIds(HttpResponse<String> answer) {
        return timeless(answer.body()).replaceAll("\"id\":\"[^\"]*\"", "");
    }

    @Test
    void aNewDeviceDoesNotHelpIt() throws Exception {
        TestPhone tablet = mallory.another();
        Bodies.AccountDevices both = new Bodies.AccountDevices(
                DeviceKey.of(mallory.account.getPublic()), mallory.list(2, mallory.listed(), tablet.listed()));
        assertThat(exchange(mallory.put("/v1/self/devices", null, json(both))).statusCode())
                .isEqualTo(200);
        block(mallory);

        assertThat(state(send(tablet, bob, messageId(), TestEdge.random(40), null)))
                .isEqualTo(ReceiptState.REJECTED);
    }

    @Test
    void holdsForAllOfTheRecipientsDevicesAndAfterARestart() throws Exception {
        TestEdge before = TestEdge.start();
        bob = optedIn(before);
        mallory = optedIn(before);
        block(mallory);
        try (TestEdge after = before.restart("lethe.session.burst", "499")) {
            bob.moveTo(after);
            mallory.moveTo(after);
            assertThat(blocked()).isEqualTo(1);
            assertThat(state(send(mallory, bob, messageId(), TestEdge.random(40), null)))
                    .isEqualTo(ReceiptState.REJECTED);
        }
    }

    @Test
    void whatWasTakenBeforeStaysAndItsSenderIsToldTheSameAsBefore() throws Exception {
        MessageId id = messageId();
        Opaque body = TestEdge.random(40);
        assertThat(state(send(mallory, bob, id, body, null))).isEqualTo(ReceiptState.HELD);
        block(mallory);

        assertThat(state(send(mallory, bob, id, body, null))).isEqualTo(ReceiptState.HELD);
        assertThat(exchange(bob.get("/v1/inbox")).body()).contains(id.toText());
        assertThat(exchange(bob.post("/v1/inbox/acks", null, json(new Bodies.Ids(List.of(id)))))
                        .statusCode())
                .isEqualTo(204);
        assertThat(state(send(mallory, bob, id, body, null))).isEqualTo(ReceiptState.DELIVERED);
    }

    @Test
    void othersGetThroughAndSoDoesItOnceItIsNotBlockedAnyMore() throws Exception {
        TestPhone alice = optedIn(edge);
        block(mallory);
        block(mallory);
        assertThat(blocked()).isEqualTo(1);
        assertThat(state(send(alice, bob, messageId(), TestEdge.random(40), null)))
                .isEqualTo(ReceiptState.HELD);

        assertThat(exchange(bob.delete(BLOCKS, mallory.tag)).statusCode()).isEqualTo(204);
        assertThat(exchange(bob.delete(BLOCKS, mallory.tag)).statusCode()).isEqualTo(204);
        assertThat(blocked()).isZero();
        assertThat(state(send(mallory, bob, messageId(), TestEdge.random(40), null)))
                .isEqualTo(ReceiptState.HELD);
    }

    @Test
    void endsWithTheOptOut() throws Exception {
        block(mallory);
        assertThat(exchange(bob.delete("/v1/self/consent", null)).statusCode()).isEqualTo(204);
        bob.optIn();

        assertThat(blocked()).isZero();
        assertThat(state(send(mallory, bob, messageId(), TestEdge.random(40), null)))
                .isEqualTo(ReceiptState.HELD);
    }

    @Test
    void isPartOfWhatTheBrokerSaysThatItHas() throws Exception {
        assertThat(exchange(bob.get("/v1/self/export")).body()).doesNotContain("blocked");
        block(mallory);
        assertThat(exchange(bob.get("/v1/self/export")).body())
                .contains("\"blocked\":1")
                .doesNotContain(mallory.tag.toText());
    }

    @Test
    void namesASenderAndIsAskedByADeviceOfTheOwner() throws Exception {
        assertThat(TestPhone.send(bob.signed("PUT", BLOCKS, null, new byte[0])).statusCode())
                .isEqualTo(400);
        assertThat(exchange(nobody.signed("PUT", BLOCKS, mallory.tag, new byte[0]))
                        .statusCode())
                .isEqualTo(401);
        assertThat(exchange(bob.signed("PUT", BLOCKS, mallory.tag, new byte[0])
                                .setHeader("Lethe-To", nobody.tag.toText()))
                        .statusCode())
                .isEqualTo(401);
        assertThat(blocked()).isZero();
    }

    private void block(TestPhone sender) throws Exception {
        assertThat(exchange(bob.signed("PUT", BLOCKS, sender.tag, new byte[0])).statusCode())
                .isEqualTo(204);
    }

    private int blocked() throws Exception {
        HttpResponse<String> answer = exchange(bob.get(BLOCKS));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"most\":1000");
        return Integer.parseInt(answer.body().replaceAll("\\D*(\\d+),.*", "$1"));
    }

    private static TestPhone optedIn(TestEdge at) throws Exception {
        TestPhone phone = new TestPhone(at);
        assertThat(phone.optIn().statusCode()).isEqualTo(200);
        return phone;
    }

    private static HttpResponse<String> send(
            TestPhone from, TestPhone to, MessageId id, Opaque body, @Nullable Fallback fallback) throws Exception {
        Duration deadline = fallback == null || fallback == Fallback.NONE ? null : Duration.ofSeconds(30);
        Bodies.Outgoing message = new Bodies.Outgoing(null, null, null, deadline, fallback, null, body, null);
        return exchange(from.put("/v1/outbox/" + id.toText(), to.tag, json(message)));
    }

    private static HttpResponse<String> ask(TestPhone from, TestPhone to, MessageId id) throws Exception {
        return exchange(from.signed("GET", "/v1/outbox/" + id.toText(), to.tag, new byte[0]));
    }

    /** What a socket hears of a message, but for its id and the time. */
    private static String said(TestSocket socket, TestPhone to) throws Exception {
        MessageId id = messageId();
        socket.send(new ClientFrame.Send(
                7, id, to.tag, null, null, null, null, null, null, Opaque.wrap(new byte[40]), null));
        ServerFrame answer = socket.next();
        assertThat(answer).isInstanceOf(ServerFrame.Receipt.class);
        return timeless(new String(Frames.encode(Encoding.JSON, answer), StandardCharsets.UTF_8))
                .replace(id.toText(), "ID");
    }

    private static String timeless(String json) {
        return json.replaceAll("\"at\":\\d+", "\"at\":0");
    }

    private static Map<String, List<String>> headers(HttpResponse<String> answer) {
        Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
        headers.remove("date");
        return headers;
    }

    private static ReceiptState state(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        String word = answer.body().replaceAll(".*\"state\":\"([a-z_]+)\".*", "$1");
        return ReceiptState.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static byte[] json(Record body) {
        return Payloads.encode(Encoding.JSON, body);
    }
}
