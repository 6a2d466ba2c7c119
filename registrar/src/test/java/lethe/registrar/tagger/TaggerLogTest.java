package lethe.registrar.tagger;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import lethe.core.identity.Opaque;
import lethe.core.protocol.TaggerBodies.Evaluate;
import lethe.core.protocol.TaggerBodies.Evaluation;
import lethe.oprf.PinnedKey;
import lethe.registrar.http.Limits;
import lethe.registrar.http.Port;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** At any level, neither what was asked nor what was answered is in a log: Netty's lines included. */
class TaggerLogTest {
    @Test
    void hasNoElementInIt() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.addAppender(log);
        Keyring keys = Keyring.draw(new Random(1));
        PinnedKey pinned = Asking.pinned(keys, 1);
        Evaluate request = Asking.request(pinned);
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        List<Opaque> secrets = new ArrayList<>(request.blinded());
        try (Port port = Port.openOnLoopback(
                anyPort, Limits.usual(), new TaggerService(new Tagger(keys, new Random(2), Admission.everybody())))) {
            HttpResponse<byte[]> response = post(port, Payloads.encode(Encoding.JSON, request));
            assertThat(response.statusCode()).isEqualTo(200);
            Evaluation evaluation = ((Decoded.Good<Evaluation>)
                            Payloads.decode(Encoding.JSON, Evaluation.class, response.body()))
                    .value();
            secrets.addAll(evaluation.evaluated());
            secrets.add(evaluation.proof());
            assertThat(post(port, "{\"number\":\"+4915110000001\"".getBytes(StandardCharsets.UTF_8))
                            .statusCode())
                    .isEqualTo(400);
        } finally {
            root.detachAppender(log);
        }

        assertThat(log.list).as("lines at TRACE").isNotEmpty();
        assertThat(log.list)
                .allSatisfy(line -> assertThat(line.getFormattedMessage()
                                + (line.getThrowableProxy() == null
                                        ? ""
                                        : line.getThrowableProxy().getMessage()))
                        .doesNotContain("4915110000001")
                        .doesNotContain(secrets.stream().map(Opaque::toText).toList())
                        .doesNotContain(secrets.stream()
                                .map(bytes -> HexFormat.of().formatHex(bytes.shared()))
                                .toList()));
    }

    private static HttpResponse<byte[]> post(Port port, byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port.address().getPort() + "/v1/evaluations"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
    }
}
