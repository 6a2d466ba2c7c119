package lethe.registrar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import lethe.core.identity.Opaque;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A port answers one whole request after the other, and every bound of it is said or felt. */
class PortTest {
    private static final Limits LIMITS = new Limits(
            8, 4, 64, 512, 1000, Duration.ofMillis(700), Duration.ofMillis(200), 1, 1, Duration.ofSeconds(3));

    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch busy = new CountDownLatch(1);
    private Port port;

    @BeforeEach
    void open() throws IOException {
        port = Port.openOnLoopback(loopback(), LIMITS, this::answer);
    }

    @AfterEach
    void close() {
        release.countDown();
        port.close();
    }

    private Response answer(Request request) {
        switch (request.target()) {
            case "/defect" ->
                throw new IllegalStateException("SECRET " + request.body().toText());
            case "/slow" -> {
                busy.countDown();
                await();
            }
            default -> {}
        }
        return new Response(200, "text/plain", echo(request), Map.of());
    }

    private void await() {
        try {
            assertThat(release.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }

    private static Opaque echo(Request request) {
        return Opaque.wrap((request.method() + " " + request.target() + " "
                        + new String(request.body().shared(), StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void answersAndKeepsTheConnection() throws IOException {
        try (RawConnection connection = connect()) {
            assertThat(connection.send(get("/one")).answer())
                    .startsWith("HTTP/1.1 200 OK")
                    .endsWith("\r\n\r\nGET /one ")
                    .contains("cache-control: no-store")
                    .doesNotContainIgnoringCase("server:");
            assertThat(connection.send(post("/two", "body")).answer()).endsWith("POST /two body");
        }
    }

    @Test
    void answersInTurnWhoeverDoesNotWait() throws IOException {
        try (RawConnection connection = connect()) {
            connection.send(get("/one") + post("/two", "b") + get("/three"));

            assertThat(connection.answer()).endsWith("GET /one ");
            assertThat(connection.answer()).endsWith("POST /two b");
            assertThat(connection.answer()).endsWith("GET /three ");
        }
    }

    @Test
    void takesBodiesInPieces() throws IOException {
        try (RawConnection connection = connect()) {
            connection.send("POST /one HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");

            assertThat(connection.send("2\r\nde\r\n0\r\n\r\n").answer()).endsWith("POST /one abcde");
        }
    }

    @Test
    void closesWhenAskedTo() throws IOException {
        try (RawConnection connection = connect()) {
            connection.send("GET /one HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

            assertThat(connection.rest()).contains("connection: close").endsWith("GET /one ");
        }
    }

    @Test
    void askedFirstSaysWhetherToGoOn() throws IOException {
        String head = "POST /one HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: ";
        try (RawConnection connection = connect()) {
            assertThat(connection.send(head + "3\r\n\r\n").answer()).startsWith("HTTP/1.1 100 ");
            assertThat(connection.send("abc").answer()).endsWith("POST /one abc");
            assertThat(connection.send(head + "1001\r\n\r\n").answer()).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void refusesABodyThatIsTooLarge() throws IOException {
        try (RawConnection connection = connect()) {
            connection.send(post("/one", "x".repeat(1001)));

            assertThat(connection.rest())
                    .startsWith("HTTP/1.1 413 ")
                    .contains("application/problem+json", "/problems#too-large", "\"limit\":1000");
        }
        try (RawConnection connection = connect()) {
            connection.send("POST /one HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + ("64\r\n" + "x".repeat(100) + "\r\n").repeat(11));

            assertThat(connection.rest()).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void refusesWhatIsNotHttpOrHasTooLongAHead() throws IOException {
        for (String bad : new String[] {
            "\u0016\u0003\u0001\u0002\r\n\r\n",
            get("/" + "x".repeat(100)),
            "GET / HTTP/1.1\r\nHost: h\r\nX: " + "x".repeat(600) + "\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
        }) {
            try (RawConnection connection = connect()) {
                assertThat(connection.send(bad).rest())
                        .startsWith("HTTP/1.1 400 ")
                        .contains("/problems#malformed")
                        .doesNotContain("xxx");
            }
        }
    }

    @Test
    void cutsWhoeverTakesTooLong() throws IOException {
        for (String slow : new String[] {
            "", "GET / HTTP/1.1\r\nHo", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc",
        }) {
            try (RawConnection connection = connect()) {
                assertThat(connection.send(slow).rest()).isEmpty();
            }
        }
    }

    @Test
    void cutsWhoeverIsIdle() throws IOException {
        try (RawConnection connection = connect()) {
            assertThat(connection.send(get("/one")).answer()).endsWith("GET /one ");
            assertThat(connection.rest()).isEmpty();
        }
    }

    @Test
    void cutsWhoeverSendsOneByteAtATime() throws IOException {
        try (RawConnection connection = connect()) {
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(50))
                    .atMost(Duration.ofSeconds(5))
                    .untilAsserted(
                            () -> assertThatThrownBy(() -> connection.send("G")).isInstanceOf(IOException.class));
        }
    }

    @Test
    void letsNoMoreInThanMayOfOneAddress() throws IOException {
        try (RawConnection a = connect();
                RawConnection b = connect();
                RawConnection c = connect();
                RawConnection d = connect()) {
            assertThat(d.send(get("/one")).answer()).startsWith("HTTP/1.1 200 ");
            try (RawConnection tooMany = connect()) {
                assertThat(tooMany.rest()).isEmpty();
            }
            a.close();
            Awaitility.await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
                try (RawConnection next = connect()) {
                    assertThat(next.send(get("/two")).answer()).startsWith("HTTP/1.1 200 ");
                }
            });
            assertThat(b).isNotSameAs(c);
        }
    }

    @Test
    void refusesAloudWhatItCannotGetTo() throws Exception {
        try (RawConnection worked = connect();
                RawConnection waiting = connect();
                RawConnection refused = connect()) {
            worked.send(get("/slow"));
            assertThat(busy.await(5, TimeUnit.SECONDS)).isTrue();
            waiting.send(get("/waiting"));

            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .untilAsserted(
                            () -> assertThat(refused.send(get("/refused")).answer())
                                    .startsWith("HTTP/1.1 503 ")
                                    .contains("/problems#overloaded")
                                    .containsIgnoringCase("retry-after: 3"));
            release.countDown();

            assertThat(worked.answer()).endsWith("GET /slow ");
            assertThat(waiting.answer()).endsWith("GET /waiting ");
        }
    }

    @Test
    void aDefectIsAnsweredWithoutItsMessage() throws IOException {
        try (RawConnection connection = connect()) {
            assertThat(connection.send(post("/defect", "body")).answer())
                    .startsWith("HTTP/1.1 500 ")
                    .contains("/problems#internal")
                    .doesNotContain("SECRET");
            assertThat(connection.send(get("/one")).answer()).endsWith("GET /one ");
        }
    }

    @Test
    void isNotOpenedWithoutTlsBeyondTheLoopback() {
        InetSocketAddress everywhere = new InetSocketAddress("0.0.0.0", 0);

        assertThatThrownBy(() -> Port.openOnLoopback(everywhere, LIMITS, this::answer))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isNotOpenedTwice() {
        assertThatThrownBy(() -> Port.openOnLoopback(port.address(), LIMITS, this::answer))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot listen");
    }

    private RawConnection connect() throws IOException {
        return new RawConnection(port.address());
    }

    static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static String get(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n";
    }

    private static String post(String target, String body) {
        return "POST " + target + " HTTP/1.1\r\nHost: h\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }
}
