package lethe.broker.edge.websocket;

import static lethe.broker.edge.websocket.ClientBytes.ascii;
import static lethe.broker.edge.websocket.ClientBytes.client;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lethe.broker.edge.websocket.Incoming.Close;
import lethe.broker.edge.websocket.Incoming.Kind;
import lethe.broker.edge.websocket.Incoming.Message;
import lethe.broker.edge.websocket.Incoming.Ping;
import lethe.broker.edge.websocket.Incoming.Pong;
import lethe.broker.edge.websocket.Incoming.Violation;
import lethe.core.identity.Opaque;
import lethe.core.protocol.CloseReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {
    private static final int BOUND = 70_000;

    @Test
    void readsTheMaskedHelloOfTheRfc() {
        byte[] example = {(byte) 0x81, (byte) 0x85, 0x37, (byte) 0xfa, 0x21, 0x3d, 0x7f, (byte) 0x9f, 0x4d, 0x51, 0x58};
        assertThat(decoded(example)).containsExactly(text("Hello"));
    }

    @Test
    void refusesTheUnmaskedHelloOfTheRfc() {
        assertThat(reason(new byte[] {(byte) 0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f}))
                .isEqualTo(CloseReason.PROTOCOL_ERROR);
    }

    @Test
    void joinsTheFragmentsOfTheRfcAroundAControlFrame() {
        byte[] bytes = client().frame(0x01, "Hel")
                .frame(0x89, "still there?")
                .frame(0x80, "lo")
                .bytes();
        assertThat(decoded(bytes)).containsExactly(new Ping(Opaque.wrap(ascii("still there?"))), text("Hello"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 256, 65_535, 65_536, BOUND})
    void readsEveryFormOfLength(int length) {
        byte[] payload = patterned(length);
        assertThat(decoded(client().binary(payload).bytes())).containsExactly(binary(payload));
    }

    @Test
    void readsPongAndClose() {
        assertThat(decoded(client().frame(0x8A, "").close(1000, "gone").bytes()))
                .containsExactly(new Pong(), new Close(1000));
        assertThat(decoded(client().frame(0x88, "").bytes())).containsExactly(new Close(Close.NO_CODE));
    }

    @Test
    void findsNothingAfterAClose() {
        assertThat(decoded(client().close(1000, "").text("late").bytes())).containsExactly(new Close(1000));
    }

    static Stream<Arguments> violations() {
        return Stream.of(
                breaks("first reserved bit", CloseReason.PROTOCOL_ERROR, client().frame(0xC1, "x")),
                breaks("second reserved bit", CloseReason.PROTOCOL_ERROR, client().frame(0xA1, "x")),
                breaks("third reserved bit", CloseReason.PROTOCOL_ERROR, client().frame(0x91, "x")),
                breaks("reserved data opcode 3", CloseReason.PROTOCOL_ERROR, client().frame(0x83, "x")),
                breaks("reserved data opcode 7", CloseReason.PROTOCOL_ERROR, client().frame(0x87, "x")),
                breaks("reserved control opcode 11", CloseReason.PROTOCOL_ERROR, client().frame(0x8B, "x")),
                breaks("reserved control opcode 15", CloseReason.PROTOCOL_ERROR, client().frame(0x8F, "x")),
                breaks("long ping", CloseReason.PROTOCOL_ERROR, client().frame(0x89, "x".repeat(126))),
                breaks("long close", CloseReason.PROTOCOL_ERROR, client().frame(0x88, "x".repeat(126))),
                breaks("fragmented ping", CloseReason.PROTOCOL_ERROR, client().frame(0x09, "x")),
                breaks("fragmented close", CloseReason.PROTOCOL_ERROR, client().frame(0x08, "")),
                breaks("continuation of nothing", CloseReason.PROTOCOL_ERROR, client().frame(0x80, "x")),
                breaks(
                        "message in a message",
                        CloseReason.PROTOCOL_ERROR,
                        client().frame(0x01, "a").text("b")),
                breaks("126 for 125 bytes", CloseReason.PROTOCOL_ERROR, client().raw(0x82, 0xFE, 0, 125, 1, 2, 3, 4)),
                breaks(
                        "127 for 65,535 bytes",
                        CloseReason.PROTOCOL_ERROR,
                        client().raw(0x82, 0xFF, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 1, 2, 3, 4)),
                breaks(
                        "negative length",
                        CloseReason.PROTOCOL_ERROR,
                        client().raw(0x82, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4)),
                breaks("600 MB announced", CloseReason.TOO_BIG, client().header(0x82, 600_000_000)),
                breaks("one byte too many", CloseReason.TOO_BIG, client().header(0x82, BOUND + 1)),
                breaks(
                        "too big in fragments",
                        CloseReason.TOO_BIG,
                        client().frame(0x02, new byte[BOUND]).header(0x80, 1)),
                breaks("close with one byte", CloseReason.PROTOCOL_ERROR, client().frame(0x88, "x")),
                breaks("close 999", CloseReason.PROTOCOL_ERROR, client().close(999, "")),
                breaks("close 1004", CloseReason.PROTOCOL_ERROR, client().close(1004, "")),
                breaks("close 1005", CloseReason.PROTOCOL_ERROR, client().close(1005, "")),
                breaks("close 1006", CloseReason.PROTOCOL_ERROR, client().close(1006, "")),
                breaks("close 1015", CloseReason.PROTOCOL_ERROR, client().close(1015, "")),
                breaks("close 2999", CloseReason.PROTOCOL_ERROR, client().close(2999, "")),
                breaks("close 5000", CloseReason.PROTOCOL_ERROR, client().close(5000, "")),
                breaks("close reason not UTF-8", CloseReason.NOT_UTF8, client().frame(0x88, new byte[] {
                    3, (byte) 0xE8, (byte) 0xFF
                })),
                breaks("overlong slash", CloseReason.NOT_UTF8, client().frame(0x81, bytes(0xC0, 0xAF))),
                breaks("surrogate", CloseReason.NOT_UTF8, client().frame(0x81, bytes(0xED, 0xA0, 0x80))),
                breaks("above U+10FFFF", CloseReason.NOT_UTF8, client().frame(0x81, bytes(0xF4, 0x90, 0x80, 0x80))),
                breaks("ends in a character", CloseReason.NOT_UTF8, client().frame(0x81, bytes(0x61, 0xC3))),
                breaks("lone continuation", CloseReason.NOT_UTF8, client().frame(0x81, bytes(0x80))),
                breaks(
                        "bad across fragments",
                        CloseReason.NOT_UTF8,
                        client().frame(0x01, bytes(0xE2, 0x82)).frame(0x00, bytes(0x41))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("violations")
    void refusesWhatTheRfcForbids(String name, CloseReason expected, byte[] bytes) {
        assertThat(reason(bytes)).as(name).isEqualTo(expected);
    }

    @Test
    void acceptsACharacterSplitBetweenFragments() {
        byte[] bytes =
                client().frame(0x01, bytes(0xE2, 0x82)).frame(0x80, bytes(0xAC)).bytes();
        assertThat(decoded(bytes)).containsExactly(text("€"));
    }

    @Test
    void refusesABadTextBeforeItsEnd() {
        byte[] bytes = client().header(0x81, 60_000).raw(0xFF ^ 0x37).bytes();
        assertThat(reason(bytes)).isEqualTo(CloseReason.NOT_UTF8);
    }

    @Test
    void refusesEndlessFragments() {
        ClientBytes bytes = client().frame(0x02, "");
        for (int i = 0; i < FrameDecoder.MOST_FRAGMENTS; i++) {
            bytes.frame(0x00, "");
        }
        assertThat(reason(bytes.bytes())).isEqualTo(CloseReason.TOO_BIG);
    }

    @Test
    void findsTheSameByteByByte() {
        byte[] bytes = client().text("Grüße, 世界 🌍")
                .frame(0x02, patterned(300))
                .frame(0x89, "p")
                .frame(0x00, patterned(70))
                .frame(0x80, patterned(66_000))
                .binary(new byte[0])
                .close(4409, "elsewhere")
                .bytes();
        FrameDecoder decoder = new FrameDecoder(BOUND);
        List<Incoming> found = new ArrayList<>();
        for (byte each : bytes) {
            drain(decoder, ByteBuffer.wrap(new byte[] {each}), found);
        }
        assertThat(found).isEqualTo(decoded(bytes)).hasSize(5);
    }

    static List<Incoming> decoded(byte[] bytes) {
        List<Incoming> found = new ArrayList<>();
        drain(new FrameDecoder(BOUND), ByteBuffer.wrap(bytes), found);
        return found;
    }

    static void drain(FrameDecoder decoder, ByteBuffer in, List<Incoming> found) {
        for (Incoming next = decoder.next(in); next != null; next = decoder.next(in)) {
            found.add(next);
        }
        assertThat(in.hasRemaining()).isFalse();
    }

    private static CloseReason reason(byte[] bytes) {
        List<Incoming> found = decoded(bytes);
        assertThat(found).isNotEmpty();
        assertThat(found.get(found.size() - 1)).isInstanceOf(Violation.class);
        return ((Violation) found.get(found.size() - 1)).reason();
    }

    private static Arguments breaks(String name, CloseReason reason, ClientBytes bytes) {
        return Arguments.of(name, reason, bytes.bytes());
    }

    private static Message text(String text) {
        return new Message(Kind.TEXT, Opaque.wrap(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private static Message binary(byte[] payload) {
        return new Message(Kind.BINARY, Opaque.wrap(payload));
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] patterned(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        return bytes;
    }
}
