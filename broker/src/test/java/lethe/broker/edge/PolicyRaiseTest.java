package lethe.broker.edge;

import static lethe.broker.edge.TestPhone.exchange;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import lethe.core.protocol.Bodies;
import lethe.core.receipt.ReceiptState;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;
import org.junit.jupiter.api.Test;

class PolicyRaiseTest {
    private static final byte[] MESSAGE = Payloads.encode(
            Encoding.JSON, new Bodies.Outgoing(null, null, null, null, null, null, TestEdge.random(16), null));

    @Test
    void switchesEverybodyOffUntilTheyOptInAnew() throws Exception {
        TestEdge before = TestEdge.start();
        TestPhone alice = new TestPhone(before);
        TestPhone bob = new TestPhone(before);
        assertThat(alice.optIn().statusCode()).isEqualTo(200);
        assertThat(bob.optIn().statusCode()).isEqualTo(200);
        String path = "/v1/outbox/" + TestPhone.messageId().toText();
        assertThat(exchange(alice.put(path, bob.tag, MESSAGE)).statusCode()).isEqualTo(200);

        try (TestEdge after = before.restart("lethe.policy.epoch", "2")) {
            alice.moveTo(after);
            bob.moveTo(after);
            assertThat(exchange(alice.get("/v1/inbox")).statusCode()).isEqualTo(403);
            assertThat(exchange(alice.put(path, bob.tag, MESSAGE)).statusCode()).isEqualTo(403);

            byte[] consent = Payloads.encode(Encoding.JSON, alice.consent(2));
            assertThat(exchange(alice.put("/v1/self/consent", null, consent)).statusCode())
                    .isEqualTo(200);
            String again = "/v1/outbox/" + TestPhone.messageId().toText();
            var answer = exchange(alice.put(again, bob.tag, MESSAGE));
            Decoded<Bodies.MessageStatus> status = Payloads.decode(
                    Encoding.JSON, Bodies.MessageStatus.class, answer.body().getBytes(StandardCharsets.UTF_8));
            assertThat(status)
                    .isInstanceOfSatisfying(
                            Decoded.Good.class,
                            good -> assertThat(((Bodies.MessageStatus) good.value()).state())
                                    .isEqualTo(ReceiptState.REJECTED));
            assertThat(exchange(bob.get("/v1/self/consent")).statusCode()).isEqualTo(200);
            assertThat(exchange(bob.delete("/v1/self/consent", null)).statusCode())
                    .isEqualTo(204);
        }
    }
}
