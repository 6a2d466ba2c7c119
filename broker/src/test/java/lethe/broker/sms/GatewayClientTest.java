package lethe.broker.sms;

import static lethe.broker.sms.RawGateway.answer;
import static lethe.broker.sms.RawGateway.good;
import static lethe.broker.sms.RawGateway.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import lethe.broker.sms.RawGateway.Reply;
import lethe.broker.sms.SmsAnswer.Busy;
import lethe.broker.sms.SmsAnswer.Refused;
import lethe.broker.sms.SmsAnswer.Taken;
import lethe.broker.sms.SmsAnswer.Unanswered;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.protocol.Bodies.Ids;
import lethe.core.protocol.GatewayBodies.SendSms;
import lethe.core.protocol.GatewayBodies.SmsReports;
import lethe.core.protocol.GatewayBodies.SmsTaken;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over real sockets, with whatever may sit at the other end. */
class GatewayClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration WITHIN = Duration.ofSeconds(20);
    private static final Duration SOON = Duration.ofMillis(500);
    private static final Instant UNTIL = Instant.ofEpochMilli(1_795_871_100_000L);
    private static final MessageId ID = new MessageId(Opaque.wrap(new byte[16]));
    private static final SmsOrder ORDER = new SmsOrder(
            Opaque.wrap(new byte[313]), UNTIL, Opaque.wrap(new byte[16]), Opaque.wrap(new byte[SmsNames.LABEL]));
    private static final Reply TAKEN = good(202, new SmsTaken(UNTIL));
    private static final Reply SILENCE = new Reply.Silence(Opaque.empty());

    private final SmsCounts counts = new SmsCounts();
    private final HandClock clock = new HandClock();
    private RawGateway gateway;

    @BeforeEach
    void open() throws Exception {
        gateway = new RawGateway(request -> TAKEN);
    }

    @AfterEach
    void close() throws Exception {
        gateway.close();
    }

    private GatewayClient client(GatewaySettings settings) {
        return GatewayClient.of(settings, counts, new Random(1), clock);
    }

    private static <T> T result(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Opaque ascii(String text) {
        return Opaque.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private SmsAnswer put(Duration within) throws Exception {
        return result(client(gateway.settings(4, 4, within)).put(ID, ORDER));
    }

    private SmsAnswer put(Reply reply) throws Exception {
        gateway.behave(request -> reply);
        return put(WITHIN);
    }

    @Test
    void putsWhatWasOrdered() throws Exception {
        assertThat(put(WITHIN)).isEqualTo(new Taken(UNTIL));

        RawGateway.Request request = gateway.requests().get(0);
        assertThat(request.method()).isEqualTo("PUT");
        assertThat(request.target()).isEqualTo("/v1/sms/" + ID.toText());
        assertThat(Payloads.decode(Encoding.CBOR, SendSms.class, request.body().shared()))
                .isEqualTo(new Decoded.Good<>(
                        new SendSms(ORDER.capsule(), ORDER.expires(), ORDER.payer(), ORDER.label())));
        assertThat(counts.count(PutOutcome.TAKEN)).isEqualTo(1);
    }

    @Test
    void understandsJsonToo() throws Exception {
        assertThat(put(good(202, Encoding.JSON, new SmsTaken(UNTIL)))).isEqualTo(new Taken(UNTIL));
    }

    @Test
    void isRefusedForGood() throws Exception {
        for (ProblemType type : List.of(
                ProblemType.NOT_SEALED,
                ProblemType.GONE,
                ProblemType.ID_REUSED,
                ProblemType.TOO_LARGE,
                ProblemType.UNKNOWN_FIELD)) {
            assertThat(put(refused(type.status(), "", Problem.of(type)))).isEqualTo(new Refused());
        }
        assertThat(counts.count(PutOutcome.REFUSED)).isEqualTo(5);
    }

    @Test
    void isToldWhenToComeBack() throws Exception {
        Problem overloaded = Problem.of(ProblemType.OVERLOADED);
        Busy busy = (Busy) put(refused(503, "Retry-After: 60\r\n", overloaded));
        assertThat(busy.after()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(62));

        Busy nextYear = (Busy) put(refused(429, "Retry-After: 999999\r\n", Problem.of(ProblemType.TOO_MANY_REQUESTS)));
        assertThat(nextYear.after())
                .isBetween(Duration.ofDays(1), Duration.ofDays(1).plusSeconds(2));
        assertThat(counts.count(PutOutcome.BUSY)).isEqualTo(2);
    }

    @Test
    void knowsNothingByAnAnswerThatIsNotAGateways() throws Exception {
        byte[] page = "<html>".getBytes(StandardCharsets.US_ASCII);
        byte[] half = Payloads.encode(Encoding.CBOR, new SmsTaken(UNTIL));
        List<Reply> answers = List.of(
                answer(202, "Content-Type: application/cbor\r\n", page),
                answer(202, "Content-Type: text/html\r\n", half),
                answer(200, "", half),
                answer(202, "Content-Type: application/cbor\r\n", new byte[0]),
                answer(404, "Content-Type: text/html\r\n", page),
                answer(502, "Content-Type: text/html\r\nRetry-After: 3\r\n", page),
                answer(302, "Location: http://127.0.0.1:1/\r\n", new byte[0]),
                refused(404, "", Problem.of(ProblemType.GONE)),
                refused(500, "", Problem.of(ProblemType.INTERNAL)),
                refused(503, "Retry-After: tomorrow\r\n", Problem.of(ProblemType.OVERLOADED)),
                answer(202, "Content-Type: application/cbor\r\n", new byte[1 << 20]),
                new Reply.Cut(Opaque.empty()),
                new Reply.Cut(ascii("HTTP/1.1 202")),
                new Reply.Cut(ascii("SSH-2.0-OpenSSH_9.2\r\n")),
                new Reply.Cut(RawGateway.bytes(202, "Content-Length: 999\r\n", half)));
        for (int i = 0; i < answers.size(); i++) {
            assertThat(put(answers.get(i))).as("answer %d", i).isEqualTo(new Unanswered());
        }
        assertThat(counts.count(PutOutcome.UNANSWERED)).isEqualTo(answers.size());
    }

    @Test
    void waitsNoLongerThanItMayAndLetsTheConnectionGo() throws Exception {
        Opaque head = RawGateway.bytes(202, "Content-Length: 9\r\n", new byte[1]);
        for (Opaque begun : List.of(Opaque.empty(), head)) {
            gateway.behave(request -> new Reply.Silence(begun));

            assertThat(put(SOON)).isEqualTo(new Unanswered());
            await().atMost(PATIENCE).until(() -> gateway.connections() == 0);
        }
    }

    @Test
    void leavesAGatewayAloneThatIsAwayAndFindsItAgain() throws Exception {
        int port = gateway.port();
        GatewayClient client = client(gateway.settings(4, 4, WITHIN));
        gateway.close();

        assertThat(result(client.put(ID, ORDER))).isInstanceOf(Busy.class);
        gateway = new RawGateway(port, request -> TAKEN);
        assertThat(result(client.put(ID, ORDER))).isInstanceOf(Busy.class);
        assertThat(gateway.requests()).isEmpty();
        assertThat(counts.count(PutOutcome.AWAY)).isEqualTo(2);

        clock.advance(Duration.ofMillis(1001));
        assertThat(result(client.put(ID, ORDER))).isEqualTo(new Taken(UNTIL));
    }

    @Test
    void putsSoManyAtOnceHasSoManyWaitAndHoldsTheOthersBack() throws Exception {
        GatewayClient client = client(gateway.settings(2, 3, WITHIN));
        gateway.behave(request -> SILENCE);
        List<CompletionStage<SmsAnswer>> answers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            answers.add(client.put(ID, ORDER));
        }

        assertThat(result(client.put(ID, ORDER))).isInstanceOf(Busy.class);
        assertThat(counts.count(PutOutcome.HELD_BACK)).isEqualTo(1);
        await().atMost(PATIENCE).until(() -> gateway.requests().size() == 2);
        gateway.behave(request -> TAKEN);
        gateway.cut();
        for (CompletionStage<SmsAnswer> answer : answers.subList(0, 2)) {
            assertThat(result(answer)).isEqualTo(new Unanswered());
        }
        for (CompletionStage<SmsAnswer> answer : answers.subList(2, 5)) {
            assertThat(result(answer)).isEqualTo(new Taken(UNTIL));
        }
        assertThat(result(client.put(ID, ORDER))).isEqualTo(new Taken(UNTIL));
    }

    @Test
    void doesNotPutWhatHasWaitedTooLong() throws Exception {
        GatewayClient client = client(gateway.settings(1, 1, WITHIN));
        gateway.behave(request -> SILENCE);
        CompletionStage<SmsAnswer> first = client.put(ID, ORDER);
        CompletionStage<SmsAnswer> second = client.put(ID, ORDER);
        await().atMost(PATIENCE).until(() -> gateway.requests().size() == 1);
        clock.advance(WITHIN.plusMillis(1));
        gateway.behave(request -> TAKEN);
        gateway.cut();

        assertThat(result(first)).isEqualTo(new Unanswered());
        assertThat(result(second)).isInstanceOf(Busy.class);
        assertThat(gateway.requests()).hasSize(1);
        assertThat(result(client.put(ID, ORDER))).isEqualTo(new Taken(UNTIL));
    }

    @Test
    void hasNoReportsFromWhatIsNoGateway() throws Exception {
        GatewayClient client = client(gateway.settings(1, 1, WITHIN));
        SmsReports none = new SmsReports(List.of(), "0011.7");
        gateway.behave(request -> good(200, none));
        assertThat(result(client.reports("", Duration.ZERO))).contains(none);
        assertThat(result(client.reports("0011.7", Duration.ofSeconds(3)))).contains(none);
        assertThat(gateway.requests())
                .extracting(RawGateway.Request::target)
                .containsExactly("/v1/reports?wait=0", "/v1/reports?wait=3&after=0011.7");

        for (Reply reply : List.of(
                TAKEN,
                good(200, new SmsReports(List.of(), "x y")),
                good(200, new SmsReports(List.of(), "")),
                answer(200, "Content-Type: application/cbor\r\n", new byte[1 << 20]),
                refused(503, "Retry-After: 2\r\n", Problem.of(ProblemType.OVERLOADED)),
                new Reply.Cut(Opaque.empty()))) {
            gateway.behave(request -> reply);
            assertThat(result(client.reports("", Duration.ZERO))).isEmpty();
        }
    }

    @Test
    void saysWhichReportsItHas() throws Exception {
        GatewayClient client = client(gateway.settings(1, 1, WITHIN));
        gateway.behave(request -> good(200, new Ids(List.of(ID))));
        assertThat(result(client.acknowledge(List.of(ID), Optional.empty()))).isTrue();
        assertThat(result(client.acknowledge(List.of(ID), Optional.of("0011.7"))))
                .isTrue();
        assertThat(gateway.requests())
                .extracting(RawGateway.Request::target)
                .containsExactly("/v1/reports/acks", "/v1/reports/acks?through=0011.7");
        assertThat(Payloads.decode(
                        Encoding.CBOR,
                        Ids.class,
                        gateway.requests().get(0).body().shared()))
                .isEqualTo(new Decoded.Good<>(new Ids(List.of(ID))));

        gateway.behave(request -> refused(503, "Retry-After: 2\r\n", Problem.of(ProblemType.OVERLOADED)));
        assertThat(result(client.acknowledge(List.of(ID), Optional.empty()))).isFalse();
    }
}
