package lethe.broker.edge;

import static lethe.broker.edge.websocket.ClientBytes.client;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import lethe.broker.edge.websocket.ClientBytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 on a real socket: handshake, and the close code for each rule that a client can break. */
class SocketRulesTest {
    private static final int FIRST_TOO_BIG = 32 * 1024 + 64 * 1024 + 1;

    private static TestEdge edge;

    @BeforeAll
    static void start() throws Exception {
        edge = TestEdge.start("edge.socket.close-within = 200 ms");
    }

    @AfterAll
    static void stop() throws Exception {
        edge.close();
    }

    static Stream<Arguments> violations() {
        return Stream.of(
                row(1002, "first reserved bit", client().frame(0xC2, "x")),
                row(1002, "second reserved bit", client().frame(0xA2, "x")),
                row(1002, "third reserved bit", client().frame(0x92, "x")),
                row(1002, "reserved data opcode", client().frame(0x83, "x")),
                row(1002, "reserved control opcode", client().frame(0x8B, "x")),
                row(1002, "unmasked text", client().raw(0x81, 1, 'x')),
                row(1002, "unmasked close", client().raw(0x88, 0)),
                row(1002, "fragmented ping", client().frame(0x09, "x")),
                row(1002, "fragmented close", client().frame(0x08, "")),
                row(1002, "ping of 126 bytes", client().frame(0x89, "x".repeat(126))),
                row(1002, "close of 126 bytes", client().frame(0x88, "x".repeat(126))),
                row(1002, "continuation of nothing", client().frame(0x80, "x")),
                row(1002, "text inside a text", client().frame(0x01, "a").frame(0x81, "b")),
                row(1002, "length 125 in two bytes", client().raw(0x82, 0xFE, 0, 125, 1, 2, 3, 4)),
                row(1002, "length 1 in eight bytes", client().raw(0x82, 0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 3, 4)),
                row(1002, "length with the top bit", client().raw(0x82, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4)),
                row(1002, "close code of one byte", client().frame(0x88, "x")),
                row(1002, "close code 999", client().close(999, "")),
                row(1002, "close code 1005", client().close(1005, "")),
                row(1002, "close code 1006", client().close(1006, "")),
                row(1002, "close code 1015", client().close(1015, "")),
                row(1002, "close code 2000", client().close(2000, "")),
                row(1002, "close code 5000", client().close(5000, "")),
                row(1007, "close reason not UTF-8", client().frame(0x88, new byte[] {3, (byte) 0xE8, (byte) 0xC0})),
                row(1007, "text with a surrogate", client().frame(0x81, new byte[] {(byte) 0xED, (byte) 0xA0, 65})),
                row(1007, "text that ends in a character", client().frame(0x81, new byte[] {(byte) 0xE2, (byte) 0x82})),
                row(1009, "600 MB announced", client().header(0x82, 600_000_000)),
                row(1009, "one byte too many", client().header(0x82, FIRST_TOO_BIG)),
                row(
                        1009,
                        "too big in fragments",
                        client().frame(0x02, new byte[90_000]).header(0x80, 20_000)));
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("violations")
    void closesWithTheCodeOfTheRule(int code, String rule, byte[] bytes) throws Exception {
        try (TestSocket socket = TestSocket.open(edge)) {
            socket.send(bytes);
            TestSocket.Frame close = socket.closeFrame();
            assertThat(close.closeCode()).as(rule).isEqualTo(code);
            assertThat(close.closeText()).isNotEmpty();
            assertThat(socket.rest()).isEmpty();
        }
    }

    @Test
    void theLimitIsSaidBeforeTheSocketCloses() throws Exception {
        try (TestSocket socket = TestSocket.openJson(edge)) {
            socket.send(client().header(0x81, 600_000_000).bytes());
            String refused = new String(socket.frame().payload().toBytes(), StandardCharsets.UTF_8);
            assertThat(refused).contains("/problems#too-large", "\"limit\":");
            assertThat(socket.closeFrame().closeText()).contains("bytes");
        }
    }

    @Test
    void fragmentsAndPingsBetweenThemAreFine() throws Exception {
        try (TestSocket socket = TestSocket.openJson(edge)) {
            socket.send(client().frame(0x01, "{\"ty")
                    .frame(0x89, "p")
                    .frame(0x00, "pe\":")
                    .bytes());
            assertThat(socket.frame().opcode()).isEqualTo(10);
            socket.send(client().frame(0x80, "\"bye\"}").bytes());
            assertThat(socket.closeFrame().closeCode()).isEqualTo(1000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "lethe.v2.cbor", "chat, superchat"})
    void refusesOtherSubProtocols(String offered) throws Exception {
        assertThat(answer(TestSocket.handshake(offered)))
                .startsWith("HTTP/1.1 400 ")
                .contains("malformed");
    }

    @Test
    void picksTheFirstThatItKnows() throws Exception {
        assertThat(answer(TestSocket.handshake("x, lethe.v1.json, lethe.v1.cbor")))
                .contains("Sec-WebSocket-Protocol: lethe.v1.json\r\n")
                .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n");
    }

    @Test
    void namesItsVersion() throws Exception {
        String wrong = TestSocket.handshake("lethe.v1.cbor").replace("Version: 13", "Version: 8");
        assertThat(answer(wrong)).startsWith("HTTP/1.1 426 ").contains("Sec-WebSocket-Version: 13");
        String plain = "GET /v1/socket HTTP/1.1\r\nHost: broker\r\n\r\n";
        assertThat(answer(plain)).startsWith("HTTP/1.1 426 ").contains("Upgrade: websocket");
        String badKey = TestSocket.handshake("lethe.v1.cbor").replace("dGhl", "x");
        assertThat(answer(badKey)).startsWith("HTTP/1.1 400 ");
    }

    private static String answer(String request) throws Exception {
        try (RawConnection connection = new RawConnection(edge)) {
            String head = connection.send(request).head();
            return head.startsWith("HTTP/1.1 101 ") ? head : head + connection.body(head);
        }
    }

    private static Arguments row(int code, String rule, ClientBytes bytes) {
        return Arguments.of(code, rule, bytes.bytes());
    }
}
