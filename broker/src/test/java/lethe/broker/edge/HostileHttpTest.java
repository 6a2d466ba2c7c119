package lethe.broker.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that mean no good, below and at the level of HTTP. The canary is in whatever they send and nowhere else. */
class HostileHttpTest {
    private static final String CANARY = "491701234567";
    private static final String GOOD = "GET /problems HTTP/1.1\r\nHost: broker\r\n\r\n";
    private static final int MOST_PER_ADDRESS = 40;

    private static TestEdge edge;

    private CapturedLog log;

    @BeforeAll
    static void start() throws Exception {
        edge = TestEdge.start("""
                edge.connections { header-within = 1 s, idle-within = 2 s, request-within = 4 s, most-per-address = %d }
                edge.http.body-within = 1 s
                """.formatted(MOST_PER_ADDRESS));
    }

    @AfterAll
    static void stop() throws Exception {
        edge.close();
    }

    @BeforeEach
    void listen() {
        log = new CapturedLog();
    }

    @AfterEach
    void nothingOfTheRequestIsLoggedAndNoConnectionIsLeft() {
        await().atMost(Duration.ofSeconds(15)).until(() -> edge.connections() == 0);
        log.close();
        assertThat(log.text()).doesNotContain(CANARY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /CANARY HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET /CANARY HTTP/1.1\r\n\r\n",
                "GET /CANARY HTTP/2.0\r\nHost: a\r\n\r\n",
                "GET /CANARY\r\n\r\n",
                "GET /%zzCANARY HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /a?q=<CANARY> HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX-CANARY : b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: CANARY\0\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: CANARY:x:y\r\n\r\n",
                "GET http://CANARY:99999999/ HTTP/1.1\r\nHost: a\r\n\r\n",
                "CONNECT CANARY:443 HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /v1/inbox/acks HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /CANARY HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
                "POST /CANARY HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\nabc",
                "POST /CANARY HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "POST /CANARY HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "POST /v1/inbox/acks HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nCANARY\r\n\r\n",
                "CANARYCANARYCANARYCANARY / HTTP/1.1\r\nHost: a\r\n\r\n",
                "\0\1\2\3CANARY\r\n\r\n",
                "\26\3\1\2\0\1\0\1\0CANARY\r\n\r\n"
            })
    void answersNonsenseWithAProblemAndEchoesNothing(String request) throws Exception {
        try (RawConnection connection = new RawConnection(edge)) {
            String answer = connection.send(request.replace("CANARY", CANARY)).rest();
            assertThat(answer).startsWith("HTTP/1.1 4").contains("application/problem+json", "/problems#");
            assertThat(answer)
                    .doesNotContain(CANARY)
                    .doesNotContainIgnoringCase("akka")
                    .doesNotContain("\r\nServer:");
        }
    }

    /** Akka HTTP fails on it before any code of ours: without a body, but without harm. */
    @Test
    void chunksInHttp10EndTheConnection() throws Exception {
        try (RawConnection connection = new RawConnection(edge)) {
            connection.send("POST /" + CANARY
                    + " HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
            assertThat(connection.rest()).startsWith("HTTP/1.1 500 ").doesNotContain(CANARY);
        }
    }

    @Test
    void headersWithoutEndAreRefused() throws Exception {
        for (String line : List.of("X: " + CANARY.repeat(1000), "X: y\r\n".repeat(200), "X".repeat(9000))) {
            try (RawConnection connection = new RawConnection(edge)) {
                connection.send("GET / HTTP/1.1\r\nHost: a\r\n" + line + "\r\n\r\n");
                assertThat(connection.rest()).startsWith("HTTP/1.1 400 ").contains("problem+json");
            }
        }
        try (RawConnection connection = new RawConnection(edge)) {
            connection.send("GET /" + CANARY.repeat(100) + " HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(connection.rest()).startsWith("HTTP/1.1 400 ").contains("too long");
        }
    }

    @Test
    void aHeaderFloodEndsAfterAFewKilobytes() throws Exception {
        try (RawConnection connection = new RawConnection(edge)) {
            connection.send("GET / HTTP/1.1\r\nHost: a\r\n");
            assertThat(sentBeforeTheEnd(connection, "X: y\r\n".repeat(1000))).isLessThan(20_000_000);
        }
    }

    @Test
    void http2IsNotSpoken() throws Exception {
        byte[] headersThatNeverEnd = new byte[9 + 100];
        headersThatNeverEnd[2] = 100;
        headersThatNeverEnd[3] = 9;
        headersThatNeverEnd[8] = 1;
        try (RawConnection connection = new RawConnection(edge)) {
            connection.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
            String continuation = new String(headersThatNeverEnd, java.nio.charset.StandardCharsets.ISO_8859_1);
            assertThat(sentBeforeTheEnd(connection, continuation.repeat(100))).isLessThan(20_000_000);
        }
        try (RawConnection connection = new RawConnection(edge)) {
            String upgrade =
                    "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n";
            assertThat(connection
                            .send("GET /problems HTTP/1.1\r\nHost: a\r\n" + upgrade)
                            .head())
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void slowHeadersAreCutAndOthersAreServedMeanwhile() throws Exception {
        List<RawConnection> slow = new ArrayList<>();
        for (int i = 0; i < MOST_PER_ADDRESS - 1; i++) {
            slow.add(new RawConnection(edge).send("GET /" + CANARY + " HTTP/1.1\r\nHost: a\r\nX: "));
        }
        try (RawConnection honest = new RawConnection(edge)) {
            assertThat(honest.send(GOOD).head()).startsWith("HTTP/1.1 200 ");
        }
        long started = System.nanoTime();
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    drip(slow);
                    return edge.connections() == 0;
                });
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(6));
        for (RawConnection each : slow) {
            each.close();
        }
    }

    @Test
    void anIdleConnectionIsClosed() throws Exception {
        try (RawConnection connection = new RawConnection(edge)) {
            assertThat(connection.send(GOOD).head()).startsWith("HTTP/1.1 200 ");
            assertThat(connection.rest()).contains("</html>");
        }
    }

    @Test
    void aBodyThatDoesNotComeIsRefused() throws Exception {
        try (RawConnection connection = new RawConnection(edge)) {
            connection.send("POST /v1/inbox/acks HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n{");
            assertThat(connection.rest()).startsWith("HTTP/1.1 400 ").contains("in time");
        }
    }

    @Test
    void moreConnectionsThanAnAddressMayHaveAreRefused() throws Exception {
        List<RawConnection> open = new ArrayList<>();
        try {
            for (int i = 0; i < MOST_PER_ADDRESS; i++) {
                open.add(new RawConnection(edge).send(GOOD));
                assertThat(open.get(i).head()).startsWith("HTTP/1.1 200 ");
            }
            try (RawConnection oneMore = new RawConnection(edge)) {
                assertThat(oneMore.send(GOOD).rest())
                        .startsWith("HTTP/1.1 429 ")
                        .contains("Retry-After: 10\r\n", "too-many-requests");
            }
        } finally {
            for (RawConnection each : open) {
                each.close();
            }
        }
    }

    private static void drip(List<RawConnection> connections) {
        for (RawConnection each : connections) {
            try {
                each.send("x");
            } catch (IOException cut) {
                assertThat(cut).hasMessageNotContaining("timed out");
            }
        }
    }

    /** How many bytes a connection takes before it ends. */
    private static long sentBeforeTheEnd(RawConnection connection, String piece) {
        byte[] bytes = piece.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        long sent = 0;
        try {
            while (sent < 100_000_000) {
                connection.send(bytes);
                sent += bytes.length;
            }
        } catch (IOException reset) {
            return sent;
        }
        return sent;
    }
}
