package lethe.broker.edge;

import static lethe.broker.edge.TestPhone.exchange;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import lethe.broker.TestOperator;
import lethe.core.consent.Policy;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.CloseReason;
import lethe.core.receipt.ReceiptState;
import lethe.persistence.audit.AuditedKind;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The policy is raised while phones are connected and messages wait, and everybody is off. */
class PolicyAtRunTimeTest {
    private static final String TEXT = "We have changed our mind. Lethe still forgets.";
    private static final byte[] MESSAGE = Payloads.encode(
            Encoding.JSON, new Bodies.Outgoing(null, null, null, null, null, null, TestEdge.random(16), null));

    private final TestOperator operator = new TestOperator();
    private TestEdge edge;

    @BeforeEach
    void start() throws Exception {
        // Epochs so short that the sweep soon looks at everybody for whom something waits.
        edge = TestEdge.start("forgetting.epoch = 2 s, policy.key = \""
                + operator.key().bytes().toText() + "\"");
    }

    @AfterEach
    void stop() {
        edge.close();
    }

    @Test
    void closesSocketsAndRejectsWhatIsSentAndWhatWaits() throws Exception {
        TestPhone alice = optedIn();
        TestPhone bob = optedIn();
        TestPhone carol = optedIn();
        String waiting = "/v1/outbox/" + TestPhone.messageId().toText();
        assertThat(state(exchange(alice.put(waiting, carol.tag, MESSAGE)))).isEqualTo(ReceiptState.HELD);
        try (TestSocket ofAlice = TestSocket.connect(edge, alice);
                TestSocket ofBob = TestSocket.connect(edge, bob)) {
            raise(2);

            assertThat(ofAlice.closeFrame().closeCode()).isEqualTo(CloseReason.NO_CONSENT.code());
            assertThat(ofBob.closeFrame().closeCode()).isEqualTo(CloseReason.NO_CONSENT.code());
        }
        try (TestSocket again = TestSocket.open(edge).say(bob, 32)) {
            assertThat(again.closeFrame().closeCode()).isEqualTo(CloseReason.NO_CONSENT.code());
        }
        assertThat(exchange(alice.put(outbox(), bob.tag, MESSAGE)).statusCode()).isEqualTo(403);

        agrees(alice);
        assertThat(state(exchange(alice.put(outbox(), bob.tag, MESSAGE)))).isEqualTo(ReceiptState.REJECTED);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(rows(AuditedKind.HELD) + rows(AuditedKind.ENTRY) + rows(AuditedKind.KEYS))
                                .isZero());
        assertThat(state(exchange(alice.signed("GET", waiting, carol.tag, new byte[0]))))
                .isEqualTo(ReceiptState.REJECTED);
    }

    @Test
    void takesASocketsNextFrameNoMore() throws Exception {
        TestPhone alice = optedIn();
        TestPhone bob = optedIn();
        try (TestSocket socket = TestSocket.connect(edge, alice)) {
            raise(2);
            agrees(bob);

            socket.send(new ClientFrame.Send(
                    1, TestPhone.messageId(), bob.tag, null, null, null, null, null, null, TestEdge.random(16), null));

            assertThat(socket.closeFrame().closeCode()).isEqualTo(CloseReason.NO_CONSENT.code());
        }
        assertThat(exchange(bob.get("/v1/inbox")).body()).contains("\"messages\":[]");
    }

    @Test
    void takesTheNewConsentOnly() throws Exception {
        TestPhone alice = optedIn();
        raise(2);

        byte[] old = Payloads.encode(Encoding.JSON, alice.consent(TestEdge.POLICY));
        assertThat(exchange(alice.put("/v1/self/consent", null, old)).body()).contains("consent-refused");
        byte[] oldText = Payloads.encode(Encoding.JSON, alice.consent(2));
        assertThat(exchange(alice.put("/v1/self/consent", null, oldText)).body())
                .contains("consent-refused");

        agrees(alice);
        try (TestSocket socket = TestSocket.connect(edge, alice)) {
            assertThat(exchange(alice.put(outbox(), alice.tag, MESSAGE)).statusCode())
                    .isEqualTo(200);
            assertThat(socket.next()).isNotNull();
        }
    }

    @Test
    void staysRaisedWhenAllNodesStartAnew() throws Exception {
        TestPhone alice = optedIn();
        raise(2);
        raise(3);

        edge = edge.restart("lethe.policy.epoch", "1");
        alice.moveTo(edge);

        Bodies.PolicyInForce shown = shown();
        assertThat(shown.epoch()).isEqualTo(3);
        assertThat(shown.signed().orElseThrow().policy()).isEqualTo(Policy.of(3, TEXT));
        assertThat(exchange(alice.get("/v1/inbox")).statusCode()).isEqualTo(403);
    }

    @Test
    void showsPhonesTheSignedPolicyAtOnce() throws Exception {
        assertThat(shown().signed()).isEmpty();
        Bodies.PolicyInForce raised = operator.policy(2, TEXT);

        assertThat(edge.node().raise(raised)).isEmpty();

        assertThat(shown()).isEqualTo(raised);
    }

    private TestPhone optedIn() throws Exception {
        TestPhone phone = new TestPhone(edge);
        assertThat(phone.optIn().statusCode()).isEqualTo(200);
        return phone;
    }

    private void raise(long epoch) {
        assertThat(edge.node().raise(operator.policy(epoch, TEXT))).isEmpty();
    }

    private static void agrees(TestPhone phone) throws Exception {
        byte[] consent = Payloads.encode(Encoding.JSON, phone.consent(Policy.of(2, TEXT)));
        assertThat(exchange(phone.put("/v1/self/consent", null, consent)).statusCode())
                .isEqualTo(200);
        phone.agreedTo(2);
    }

    private static String outbox() {
        return "/v1/outbox/" + TestPhone.messageId().toText();
    }

    private long rows(AuditedKind kind) {
        return edge.node()
                .audit()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join()
                .count(kind)
                .rows();
    }

    private Bodies.PolicyInForce shown() throws Exception {
        return read(
                Bodies.PolicyInForce.class, exchange(HttpRequest.newBuilder(URI.create(edge.base() + "/v1/policy"))));
    }

    private static ReceiptState state(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        return read(Bodies.MessageStatus.class, answer).state();
    }

    private static <T extends Record> T read(Class<T> type, HttpResponse<String> answer) {
        Decoded<T> read = Payloads.decode(Encoding.JSON, type, answer.body().getBytes(StandardCharsets.UTF_8));
        assertThat(read).isInstanceOf(Decoded.Good.class);
        return ((Decoded.Good<T>) read).value();
    }
}
