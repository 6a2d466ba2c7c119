package lethe.registrar.gateway;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import lethe.client.sealing.GatewayKey;
import lethe.client.sealing.SmsContent;
import lethe.client.sealing.SmsWording;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.PlainIdentifier.Kind;
import lethe.core.protocol.Bodies.Ids;
import lethe.core.protocol.GatewayBodies.SendSms;
import lethe.core.protocol.GatewayBodies.SmsReport;
import lethe.core.protocol.GatewayBodies.SmsReports;
import lethe.core.protocol.GatewayBodies.SmsTaken;
import lethe.core.protocol.Problem;
import lethe.core.protocol.SmsEnd;
import lethe.registrar.http.Port;
import lethe.registrar.process.NamedLimits;
import lethe.registrar.sms.SmppCentre;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;

/** A gateway on a real port, with a journal on a real disk, and its centres behind real SMPP. */
final class Installed implements AutoCloseable {
    static final String NUMBER = "+4915110000001";
    static final Opaque SUBSCRIBER = Opaque.wrap(new byte[16]);
    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final GatewayKeyring KEYS = GatewayKeyring.draw(new Random(3));

    final RunningClock clock;
    final Gateway gateway;

    private final Port port;
    private final HttpClient http = HttpClient.newHttpClient();
    private final SecureRandom random = new SecureRandom();

    /** @param config of {@link #config}, or another one */
    Installed(Path directory, String config) throws IOException {
        this(directory, config, new RunningClock());
    }

    Installed(Path directory, String config, RunningClock clock) throws IOException {
        this.clock = clock;
        GatewayLimits limits = new GatewayLimits(NamedLimits.usual(GatewayLimits.ALL));
        Book book = Book.open(Journal.open(directory, random), clock);
        gateway = new Gateway(KEYS, GatewayFile.parse(config), limits, book, SmppCentre::start, random, clock);
        port = Port.openOnLoopback(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), limits.port(), new GatewayService(gateway));
    }

    /** One centre for all of Germany, quick to give up and to come back. */
    static String config(int port, String... lines) {
        return "centres.one { host = 127.0.0.1, port = " + port
                + ", system = lethe, password = sesame, source = Lethe, answer = 5s, idle = 5s,"
                + " first-pause = 50ms, longest-pause = 200ms\n"
                + String.join("\n", lines) + "\n}\nroutes = [ { prefixes = [\"+49\"], centres = [one] } ]\n";
    }

    MessageId id() {
        byte[] bytes = new byte[MessageId.LENGTH];
        random.nextBytes(bytes);
        return new MessageId(Opaque.wrap(bytes));
    }

    /** A capsule that is good for an hour. */
    Opaque capsule(MessageId id, String number, SmsWording wording) {
        return capsule(KEYS.pinned(), id, number, wording, Duration.ofHours(1));
    }

    Opaque capsule(GatewayKey key, MessageId id, String number, SmsWording wording, Duration good) {
        SmsContent content = new SmsContent(
                PlainIdentifier.of(Kind.NUMBER, number),
                wording,
                clock.instant().plus(good),
                255);
        return key.seal(content, id, random);
    }

    /** Has a text sent. */
    MessageId sent(String text) throws Exception {
        MessageId id = id();
        taken(id, capsule(id, NUMBER, new SmsWording.Text(text)));
        return id;
    }

    HttpResponse<byte[]> put(MessageId id, Opaque capsule) throws Exception {
        return put(id, capsule, clock.instant().plus(Duration.ofHours(1)));
    }

    HttpResponse<byte[]> put(MessageId id, Opaque capsule, Instant expires) throws Exception {
        return put(id, new SendSms(capsule, expires, SUBSCRIBER));
    }

    HttpResponse<byte[]> put(MessageId id, Opaque capsule, Opaque label) throws Exception {
        return put(id, new SendSms(capsule, clock.instant().plus(Duration.ofHours(1)), SUBSCRIBER, label));
    }

    private HttpResponse<byte[]> put(MessageId id, SendSms sms) throws Exception {
        return ask("PUT", "/v1/sms/" + id.toText(), Payloads.encode(Encoding.CBOR, sms));
    }

    SmsTaken taken(MessageId id, Opaque capsule) throws Exception {
        HttpResponse<byte[]> answer = put(id, capsule);
        if (answer.statusCode() != 202) {
            throw new AssertionError("refused: " + problem(answer).type());
        }
        return read(SmsTaken.class, Encoding.CBOR, answer);
    }

    static Problem problem(HttpResponse<byte[]> answer) {
        return read(Problem.class, Encoding.JSON, answer);
    }

    private static <T extends Record> T read(Class<T> type, Encoding encoding, HttpResponse<byte[]> answer) {
        if (Payloads.decode(encoding, type, answer.body()) instanceof Decoded.Good<T> good) {
            return good.value();
        }
        throw new AssertionError("status " + answer.statusCode());
    }

    SmsReports reports(String query) throws Exception {
        return read(SmsReports.class, Encoding.JSON, ask("GET", "/v1/reports" + query, new byte[0]));
    }

    void acknowledge(MessageId... ids) throws Exception {
        ask("POST", "/v1/reports/acks", Payloads.encode(Encoding.CBOR, new Ids(List.of(ids))));
    }

    void acknowledgeThrough(String next, MessageId... ids) throws Exception {
        ask("POST", "/v1/reports/acks?through=" + next, Payloads.encode(Encoding.CBOR, new Ids(List.of(ids))));
    }

    /** Every report that there is. */
    List<SmsReport> all() throws Exception {
        return reports("").reports();
    }

    /** What became of one, when that is known. */
    SmsEnd end(MessageId id) {
        return await().atMost(PATIENCE)
                .until(
                        () -> {
                            gateway.sweep();
                            return all().stream()
                                    .filter(report -> report.id().equals(id))
                                    .findFirst();
                        },
                        found -> found.isPresent())
                .orElseThrow()
                .state();
    }

    HttpResponse<byte[]> ask(String method, String target, byte[] body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port.address().getPort() + target))
                .timeout(PATIENCE.plusSeconds(20));
        if (method.equals("GET")) {
            return http.send(request.header("Accept", "application/json").GET().build(), BodyHandlers.ofByteArray());
        }
        return http.send(
                request.header("Content-Type", "application/cbor")
                        .method(method, BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    @Override
    public void close() throws IOException {
        port.close();
        gateway.close();
    }
}
