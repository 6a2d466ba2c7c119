package lethe.broker.edge;

import static lethe.broker.edge.TestPhone.exchange;
import static lethe.broker.edge.TestPhone.messageId;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import lethe.core.fallback.Fallback;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.MessageId;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.ServerFrame;
import lethe.core.receipt.ReceiptState;
import lethe.wire.Encoding;
import lethe.wire.Payloads;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody proves the number of an address that is in use: a new phone, or a thief with the SIM. */
class TakeoverTest {
    private static final String PATH = "/v1/self/takeover";
    private static TestEdge edge;
    private static Verifier verifier;

    private TestPhone alice;
    private TestPhone owner;
    private TestPhone rival;

    @BeforeAll
    static void start() throws Exception {
        verifier = new Verifier();
        edge = TestEdge.start(settings("24 h"));
    }

    private static String settings(String hold) {
        return "registration { open = on, hold = " + hold + ", verifiers.0 = \"" + verifier.key() + "\" }";
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @BeforeEach
    void givenAnAddressInUse() throws Exception {
        alice = new TestPhone(edge);
        alice.optIn();
        owner = new TestPhone(edge);
        owner.optIn();
        rival = owner.rival();
    }

    private static void waits(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("account-waits");
        assertThat(Long.parseLong(answer.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1L, Duration.ofHours(24).toSeconds());
    }

    private static byte[] named(TestPhone claimant) {
        DeviceKey account = DeviceKey.of(claimant.account.getPublic());
        return Payloads.encode(Encoding.JSON, new Bodies.Claimant(account, Instant.EPOCH));
    }

    private ClientFrame.Send send(MessageId id) {
        return new ClientFrame.Send(1, id, owner.tag, null, null, null, null, null, null, TestEdge.random(16), null);
    }

    /** Whose sender would write an SMS to the number, were it told to. */
    private ClientFrame.Send fallingBack(MessageId id) {
        return new ClientFrame.Send(
                1,
                id,
                owner.tag,
                null,
                null,
                null,
                Duration.ofMinutes(5),
                Fallback.DEVICE,
                null,
                TestEdge.random(16),
                null);
    }

    private void ownerIsTold(TestSocket socket) throws Exception {
        assertThat(socket.next())
                .isInstanceOfSatisfying(
                        ServerFrame.Contested.class,
                        contested ->
                                assertThat(contested.account()).isEqualTo(DeviceKey.of(rival.account.getPublic())));
    }

    @Test
    void waitsAndTheOwnerIsToldAtOnceAndAtEveryConnect() throws Exception {
        try (TestSocket socket = TestSocket.connect(edge, owner)) {
            waits(rival.optIn(verifier.word(rival)));
            ownerIsTold(socket);
        }
        waits(rival.optIn(null));
        try (TestSocket socket = TestSocket.open(edge).say(owner, 8)) {
            assertThat(socket.next()).isInstanceOf(ServerFrame.Welcome.class);
            ownerIsTold(socket);
        }
        assertThat(exchange(owner.get(PATH)).statusCode()).isEqualTo(200);
        assertThat(exchange(rival.get(PATH)).statusCode()).isEqualTo(401);
    }

    @Test
    void isSentAwayIfNothingIsProven() throws Exception {
        assertThat(rival.optIn(null).body()).contains("other-account");
        assertThat(exchange(owner.get(PATH)).statusCode()).isEqualTo(404);
    }

    @Test
    void waitsForAWeekWhenTheOwnerObjectsAndNoLongerWhenItObjectsAgain() throws Exception {
        assertThat(exchange(owner.delete(PATH, null)).statusCode()).isEqualTo(404);
        waits(rival.optIn(verifier.word(rival)));

        assertThat(exchange(owner.delete(PATH, null)).statusCode()).isEqualTo(204);

        String objected = exchange(owner.get(PATH)).body();
        HttpResponse<String> answer = rival.optIn(verifier.word(rival));
        assertThat(answer.body()).contains("account-waits");
        assertThat(Long.parseLong(answer.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(Duration.ofDays(6).toSeconds(), Duration.ofDays(7).toSeconds());
        assertThat(exchange(owner.delete(PATH, null)).statusCode()).isEqualTo(204);
        assertThat(exchange(owner.get(PATH)).body()).isEqualTo(objected);
    }

    @Test
    void endsAtOnceWhenTheOwnerChangesItsMind() throws Exception {
        waits(rival.optIn(verifier.word(rival)));
        exchange(owner.delete(PATH, null));

        assertThat(exchange(owner.put(PATH, null, named(rival))).statusCode()).isEqualTo(204);

        assertThat(exchange(rival.get("/v1/self/consent")).statusCode()).isEqualTo(200);
    }

    @Test
    void endsAtOnceWhenTheOwnerAgreesAndNothingIsHandedOver() throws Exception {
        MessageId waiting = messageId();
        try (TestSocket a = TestSocket.connect(edge, alice);
                TestSocket o = TestSocket.connect(edge, owner)) {
            a.send(fallingBack(waiting));
            assertThat(o.next()).isInstanceOf(ServerFrame.Deliver.class);
            assertThat(a.next()).isInstanceOf(ServerFrame.Held.class);
            waits(rival.optIn(verifier.word(rival)));
            ownerIsTold(o);

            assertThat(exchange(owner.put(PATH, null, named(owner))).statusCode())
                    .as("another one than waits")
                    .isEqualTo(404);
            assertThat(exchange(owner.put(PATH, null, named(rival))).statusCode())
                    .isEqualTo(204);

            assertThat(o.closeFrame().closeCode()).isEqualTo(4410);
            assertThat(a.next())
                    .isInstanceOfSatisfying(
                            ServerFrame.Receipt.class,
                            receipt -> assertThat(receipt.state()).isEqualTo(ReceiptState.REJECTED));
            try (TestSocket r = TestSocket.connect(edge, rival)) {
                r.send(new ClientFrame.Ping());
                assertThat(r.next()).isInstanceOf(ServerFrame.Pong.class);
                a.send(send(messageId()));
                assertThat(r.next()).isInstanceOf(ServerFrame.Deliver.class);
            }
        }
        assertThat(exchange(owner.get("/v1/self/consent")).statusCode()).isEqualTo(401);
    }

    @Test
    void comesTrueWithTimeEvenAcrossARestart() throws Exception {
        try (TestEdge before = TestEdge.start(settings("2 s"))) {
            TestPhone old = new TestPhone(before);
            old.optIn();
            TestPhone fresh = old.rival();
            waits(fresh.optIn(verifier.word(fresh)));
            try (TestEdge after = before.restart("lethe.session.burst", "499")) {
                old.moveTo(after);
                fresh.moveTo(after);
                Awaitility.await()
                        .atMost(Duration.ofSeconds(20))
                        .until(() -> fresh.optIn(null).statusCode() == 200);
                assertThat(exchange(old.get("/v1/self/consent")).statusCode()).isEqualTo(401);
            }
        }
    }
}
