package lethe.broker.edge;

import static lethe.broker.edge.TestPhone.exchange;
import static lethe.broker.edge.TestPhone.messageId;
import static lethe.broker.edge.TestPhone.send;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.protocol.Bodies;
import lethe.core.receipt.ReceiptState;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpResourcesTest {
    private static TestEdge edge;

    private TestPhone alice;
    private TestPhone bob;

    @BeforeAll
    static void start() throws Exception {
        edge = TestEdge.start();
    }

    @AfterAll
    static void stop() throws Exception {
        edge.close();
    }

    @BeforeEach
    void twoPhones() throws Exception {
        alice = new TestPhone(edge);
        bob = new TestPhone(edge);
    }

    @Test
    void nothingWorksBeforeOptIn() throws Exception {
        assertThat(exchange(alice.get("/v1/inbox"))).satisfies(is(401, "not-authentic"));
        assertThat(exchange(alice.get("/v1/self/consent"))).satisfies(is(401, "not-authentic"));
    }

    @Test
    void carriesAMessageFromPhoneToPhone() throws Exception {
        optIn();
        MessageId id = messageId();
        assertThat(status(put(id, "hello"))).isEqualTo(ReceiptState.HELD);

        Bodies.Inbox inbox = inbox(exchange(bob.get("/v1/inbox")));
        assertThat(inbox.messages()).singleElement().satisfies(message -> {
            assertThat(message.id()).isEqualTo(id);
            assertThat(message.body().toBytes()).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
        });
        assertThat(inbox.drained()).isTrue();

        assertThat(exchange(bob.post("/v1/inbox/acks", null, ids(id))).statusCode())
                .isEqualTo(204);
        assertThat(inbox(exchange(bob.get("/v1/inbox"))).messages()).isEmpty();

        String path = "/v1/outbox/" + id.toText();
        assertThat(status(exchange(alice.signed("GET", path, bob.tag, new byte[0]))))
                .isEqualTo(ReceiptState.DELIVERED);
        assertThat(exchange(alice.delete(path, bob.tag))).satisfies(is(410, "gone"));
        assertThat(exchange(alice.post("/v1/outbox/settled", bob.tag, ids(id))).statusCode())
                .isEqualTo(204);
    }

    @Test
    void aLongPollAnswersWhenAMessageComes() throws Exception {
        optIn();
        CompletableFuture<HttpResponse<String>> waiting = CompletableFuture.supplyAsync(() -> poll(bob, 20));
        MessageId id = messageId();
        put(id, "soon");
        HttpResponse<String> answer = waiting.get(20, TimeUnit.SECONDS);
        assertThat(inbox(answer).messages()).hasSize(1);
        assertThat(answer.headers().firstValue("Preference-Applied")).contains("wait=20");
    }

    @Test
    void withdrawsAMessage() throws Exception {
        optIn();
        MessageId id = messageId();
        put(id, "no, wait");
        String path = "/v1/outbox/" + id.toText();
        assertThat(status(exchange(alice.delete(path, bob.tag)))).isEqualTo(ReceiptState.REVOKED);
        assertThat(inbox(exchange(bob.get("/v1/inbox"))).messages()).isEmpty();
    }

    @Test
    void sendingTheSameIdTwiceIsHarmlessAndAnotherBodyIsRefused() throws Exception {
        optIn();
        MessageId id = messageId();
        assertThat(status(put(id, "once"))).isEqualTo(ReceiptState.HELD);
        assertThat(status(put(id, "once"))).isEqualTo(ReceiptState.HELD);
        assertThat(put(id, "other")).satisfies(is(409, "id-reused"));
    }

    @Test
    void optingOutErases() throws Exception {
        optIn();
        put(messageId(), "forget me");
        assertThat(exchange(bob.delete("/v1/self/consent", null)).statusCode()).isEqualTo(204);
        assertThat(exchange(bob.get("/v1/self/consent"))).satisfies(is(401, "not-authentic"));
    }

    @Test
    void aConsentIsShownAsItWasGiven() throws Exception {
        HttpResponse<String> given = alice.optIn();
        assertThat(given.statusCode()).isEqualTo(200);
        assertThat(exchange(alice.get("/v1/self/consent")).body()).isEqualTo(given.body());
    }

    @Test
    void aRequestIsGoodOnce() throws Exception {
        optIn();
        var request = alice.get("/v1/inbox");
        assertThat(exchange(request).statusCode()).isEqualTo(200);
        assertThat(exchange(request)).satisfies(is(401, "replayed"));
        var again = bob.put("/v1/self/consent", null, Payloads.encode(Encoding.JSON, bob.consent(1)));
        assertThat(exchange(again).statusCode()).isEqualTo(200);
        assertThat(exchange(again)).satisfies(is(401, "replayed"));
    }

    @Test
    void anothersSignatureIsRefused() throws Exception {
        optIn();
        var request = alice.get("/v1/inbox").setHeader("Lethe-Tag", bob.tag.toText());
        assertThat(exchange(request)).satisfies(is(401, "not-authentic"));
    }

    @Test
    void aConsentThatSomebodyElseSignedIsRefused() throws Exception {
        byte[] consent = Payloads.encode(Encoding.JSON, bob.consent(1));
        assertThat(exchange(alice.put("/v1/self/consent", null, consent))).satisfies(is(401, "not-authentic"));
        byte[] future = Payloads.encode(Encoding.JSON, alice.consent(2));
        assertThat(exchange(alice.put("/v1/self/consent", null, future))).satisfies(is(403, "consent-refused"));
    }

    @Test
    void aMessageNeedsARecipientAnIdAndABody() throws Exception {
        optIn();
        byte[] body = outgoing("x");
        assertThat(exchange(alice.put("/v1/outbox/" + messageId().toText(), null, body)))
                .satisfies(is(400, "malformed"));
        assertThat(exchange(alice.put("/v1/outbox/not-an-id", bob.tag, body))).satisfies(is(400, "malformed"));
        byte[] unknownField = "{\"body\":\"eA\",\"imei\":\"356938035643809\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(exchange(alice.put("/v1/outbox/" + messageId().toText(), bob.tag, unknownField)))
                .satisfies(is(400, "unknown-field"))
                .satisfies(answer -> assertThat(answer.body()).doesNotContain("imei", "3569"));
    }

    @Test
    void anEnvelopeBeyondTheLimitIsRefusedWithTheLimit() throws Exception {
        optIn();
        byte[] body = Payloads.encode(
                Encoding.JSON, new Bodies.Outgoing(null, null, null, null, null, null, TestEdge.random(65_537), null));
        assertThat(exchange(alice.put("/v1/outbox/" + messageId().toText(), bob.tag, body)))
                .satisfies(is(413, "too-large"))
                .satisfies(answer -> assertThat(answer.body()).contains("\"limit\":65536"));
        assertThat(exchange(alice.put("/v1/outbox/" + messageId().toText(), bob.tag, new byte[300_000])))
                .satisfies(is(413, "too-large"))
                .satisfies(answer -> assertThat(answer.body()).contains("\"limit\":65536"));
    }

    @Test
    void speaksCborToThoseWhoPreferIt() throws Exception {
        var request = java.net.http.HttpRequest.newBuilder(java.net.URI.create(edge.base() + "/v1/policy"))
                .header("Accept", "application/json;q=0.5, application/cbor");
        HttpResponse<String> answer = exchange(request);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/cbor");
        assertThat(exchange(request.setHeader("Accept", "image/png"))).satisfies(is(406, "not-acceptable"));
    }

    @Test
    void thePolicyIsFetchedOnce() throws Exception {
        var request = java.net.http.HttpRequest.newBuilder(java.net.URI.create(edge.base() + "/v1/policy"));
        String tag = exchange(request).headers().firstValue("ETag").orElseThrow();
        assertThat(exchange(request.header("If-None-Match", tag)).statusCode()).isEqualTo(304);
    }

    @Test
    void whatIsNotThereIsAProblemToo() throws Exception {
        var nowhere = java.net.http.HttpRequest.newBuilder(java.net.URI.create(edge.base() + "/v1/secret-path?q=1"));
        assertThat(send(nowhere))
                .satisfies(is(404, "not-found"))
                .satisfies(answer -> assertThat(answer.body()).doesNotContain("secret"));
        HttpResponse<String> wrong = send(nowhere.uri(java.net.URI.create(edge.base() + "/v1/policy"))
                .POST(java.net.http.HttpRequest.BodyPublishers.noBody()));
        assertThat(wrong).satisfies(is(405, "method-not-allowed"));
        assertThat(wrong.headers().firstValue("Allow")).contains("GET");
    }

    private void optIn() throws Exception {
        assertThat(alice.optIn().statusCode()).isEqualTo(200);
        assertThat(bob.optIn().statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> put(MessageId id, String text) throws Exception {
        return exchange(alice.put("/v1/outbox/" + id.toText(), bob.tag, outgoing(text)));
    }

    private static HttpResponse<String> poll(TestPhone phone, int seconds) {
        try {
            return exchange(phone.get("/v1/inbox?limit=10")
                    .header("Prefer", "wait=" + seconds)
                    .timeout(Duration.ofSeconds(seconds + 5L)));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] outgoing(String text) {
        Opaque body = Opaque.wrap(text.getBytes(StandardCharsets.UTF_8));
        return Payloads.encode(Encoding.JSON, new Bodies.Outgoing(null, null, null, null, null, null, body, null));
    }

    private static byte[] ids(MessageId... ids) {
        return Payloads.encode(Encoding.JSON, new Bodies.Ids(List.of(ids)));
    }

    private static ReceiptState status(HttpResponse<String> answer) {
        return decoded(Bodies.MessageStatus.class, answer).state();
    }

    private static Bodies.Inbox inbox(HttpResponse<String> answer) {
        return decoded(Bodies.Inbox.class, answer);
    }

    private static <T extends Record> T decoded(Class<T> type, HttpResponse<String> answer) {
        Decoded<T> decoded = Payloads.decode(Encoding.JSON, type, answer.body().getBytes(StandardCharsets.UTF_8));
        assertThat(decoded).as("%s", answer.body()).isInstanceOf(Decoded.Good.class);
        return ((Decoded.Good<T>) decoded).value();
    }

    private static java.util.function.Consumer<HttpResponse<String>> is(int status, String type) {
        return answer -> {
            assertThat(answer.body()).contains("\"/problems#" + type + "\"");
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(answer.headers().firstValue("Server")).isEmpty();
        };
    }
}
