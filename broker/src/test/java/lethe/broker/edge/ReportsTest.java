package lethe.broker.edge;

import static lethe.broker.edge.TestPhone.exchange;
import static lethe.broker.edge.TestPhone.messageId;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import lethe.core.block.Evidence;
import lethe.core.block.ReportReason;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.limit.Limit;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.ServerFrame;
import lethe.wire.Encoding;
import lethe.wire.Payloads;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two subscribers must have reported a sender here, before it may send little. */
class ReportsTest {
    private static TestEdge edge;

    private TestPhone mallory;
    private TestPhone alice;
    private TestPhone bob;

    @BeforeAll
    static void start() throws Exception {
        edge = TestEdge.start("reports { threshold = 2, sends-per-minute = 1 }");
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @BeforeEach
    void prepare() throws Exception {
        mallory = optedIn();
        alice = optedIn();
        bob = optedIn();
    }

    /** A message that somebody has taken. */
    private record Taken(MessageId id, Opaque body) {
        Opaque proof() {
            return Evidence.proof(id, body);
        }
    }

    @Test
    void aSenderWhomEnoughHaveReportedMaySendLittle() throws Exception {
        assertThat(report(alice, taken(alice))).isEqualTo(204);
        assertThat(sends(3)).doesNotContain(429);
        assertThat(report(bob, taken(bob))).isEqualTo(204);

        assertThat(sends(3)).containsExactly(200, 429, 429);
        assertThat(edge.node().limitsInForce().count(Limit.REPORTED_SENDS)).isPositive();
    }

    @Test
    void whoIsReportedDoesNotLearnFromItWhoHasBlockedIt() throws Exception {
        assertThat(report(alice, taken(alice))).isEqualTo(204);
        assertThat(report(bob, taken(bob))).isEqualTo(204);
        assertThat(exchange(alice.signed("PUT", "/v1/self/blocks", mallory.tag, new byte[0]))
                        .statusCode())
                .isEqualTo(204);

        HttpResponse<String> first = send(mallory, alice, messageId(), TestEdge.random(40));
        assertThat(first.body()).contains("\"state\":\"rejected\"");
        assertThat(send(mallory, alice, messageId(), TestEdge.random(40)).statusCode())
                .isEqualTo(429);
    }

    @Test
    void oneSubscriberCountsOnceHoweverManyMessagesAndDevices() throws Exception {
        assertThat(report(alice, taken(alice))).isEqualTo(204);
        assertThat(report(alice, taken(alice))).isEqualTo(204);

        assertThat(sends(3)).doesNotContain(429);
    }

    @Test
    void aMessageIsReportedOnce() throws Exception {
        Taken message = taken(alice);

        assertThat(report(alice, message)).isEqualTo(204);
        assertThat(report(alice, message)).isEqualTo(404);
    }

    @Test
    void nobodyReportsWhatSomebodyElseGot() throws Exception {
        Taken message = taken(alice);

        assertThat(report(bob, message)).isEqualTo(404);
        assertThat(report(alice, new Taken(message.id(), TestEdge.random(40)))).isEqualTo(404);
        assertThat(report(alice, new Taken(messageId(), message.body()))).isEqualTo(404);
        assertThat(report(alice, message)).isEqualTo(204);
    }

    @Test
    void nobodyReportsWhatItHasNotTakenYet() throws Exception {
        MessageId id = messageId();
        Opaque body = TestEdge.random(40);
        send(mallory, alice, id, body);

        assertThat(report(alice, new Taken(id, body))).isEqualTo(404);
    }

    @Test
    void whatCameOnASocketCanBeReportedToo() throws Exception {
        MessageId id = messageId();
        Opaque body = TestEdge.random(40);
        try (TestSocket socket = TestSocket.connect(edge, alice)) {
            var sending = CompletableFuture.supplyAsync(() -> {
                try {
                    return send(mallory, alice, id, body).statusCode();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            ServerFrame.Deliver delivered = (ServerFrame.Deliver) socket.next();
            socket.send(new ClientFrame.Ack(delivered.seq(), List.of(), List.of()));
            assertThat(sending.get(20, TimeUnit.SECONDS)).isEqualTo(200);
            assertThat(report(alice, new Taken(id, body))).isEqualTo(204);
        }
    }

    @Test
    void aReasonIsOneOfAFew() throws Exception {
        String spoilt =
                "{\"reason\":\"rude\",\"proof\":\"" + TestEdge.random(32).toText() + "\"}";
        HttpResponse<String> answer =
                TestPhone.send(alice.post("/v1/reports", null, spoilt.getBytes(StandardCharsets.US_ASCII)));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("malformed").doesNotContain("rude");
    }

    private static TestPhone optedIn() throws Exception {
        TestPhone phone = new TestPhone(edge);
        assertThat(phone.optIn().statusCode()).isEqualTo(200);
        return phone;
    }

    private Taken taken(TestPhone by) throws Exception {
        Taken message = new Taken(messageId(), TestEdge.random(40));
        assertThat(send(mallory, by, message.id(), message.body()).statusCode()).isEqualTo(200);
        assertThat(exchange(by.post("/v1/inbox/acks", null, json(new Bodies.Ids(List.of(message.id())))))
                        .statusCode())
                .isEqualTo(204);
        return message;
    }

    private static int report(TestPhone by, Taken message) throws Exception {
        Bodies.Report report = new Bodies.Report(ReportReason.SPAM, message.proof());
        return exchange(by.post("/v1/reports", null, json(report))).statusCode();
    }

    private List<Integer> sends(int many) throws Exception {
        List<Integer> answers = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            answers.add(send(mallory, new TestPhone(edge), messageId(), TestEdge.random(40))
                    .statusCode());
        }
        return answers;
    }

    private static HttpResponse<String> send(TestPhone from, TestPhone to, MessageId id, Opaque body) throws Exception {
        Bodies.Outgoing message = new Bodies.Outgoing(null, null, null, null, null, null, body, null);
        return exchange(from.put("/v1/outbox/" + id.toText(), to.tag, json(message)));
    }

    private static byte[] json(Record body) {
        return Payloads.encode(Encoding.JSON, body);
    }
}
