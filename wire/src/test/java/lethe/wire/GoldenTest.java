package lethe.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import lethe.core.protocol.Bodies.ConsentOnFile;
import lethe.core.protocol.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The bytes of every frame and body stay what they are: phones of the last version talk to brokers of this one.
 *
 * <p>A line of <code>golden/*.txt</code> is never changed; a new frame adds lines. Only the titles of problems may be
 * reworded: nobody reads them but people.
 */
class GoldenTest {
    @ParameterizedTest
    @EnumSource
    void writesTheSameBytesAsEver(Encoding encoding) throws IOException {
        assertThat(golden(encoding)).containsExactlyElementsOf(lines(encoding));
    }

    @ParameterizedTest
    @EnumSource
    void readsTheBytesOfEver(Encoding encoding) throws IOException {
        List<Decoded<?>> expected = new ArrayList<>();
        Fixtures.clientFrames().values().forEach(frame -> expected.add(new Decoded.Good<>(frame)));
        Fixtures.serverFrames().values().forEach(frame -> expected.add(new Decoded.Good<>(frame)));

        List<Decoded<?>> read = new ArrayList<>();
        for (String line : golden(encoding)) {
            byte[] bytes = bytesOf(encoding, line.substring(line.indexOf(": ") + 2));
            if (line.startsWith("client ")) {
                read.add(Frames.decodeClient(encoding, bytes));
            } else if (line.startsWith("server ")) {
                read.add(Frames.decodeServer(encoding, bytes));
            }
        }

        assertThat(read).isEqualTo(expected);
    }

    @Test
    void hasEveryFrameAndBody() {
        assertThat(classesOf(Fixtures.clientFrames().values().stream()))
                .isEqualTo(classesOf(ClientFrames.VOCABULARY.kinds().stream().map(Kind::type)));
        assertThat(classesOf(Fixtures.serverFrames().values().stream()))
                .isEqualTo(classesOf(ServerFrames.VOCABULARY.kinds().stream().map(Kind::type)));
        assertThat(classesOf(Fixtures.bodies().values().stream())).isEqualTo(BodyShapes.ALL.keySet());
        assertThat(classesOf(
                        Fixtures.lookupBodies().values().stream().filter(body -> !(body instanceof ConsentOnFile))))
                .isEqualTo(LookupShapes.ALL.keySet());
        assertThat(classesOf(Fixtures.prekeyBodies().values().stream())).isEqualTo(PrekeyShapes.ALL.keySet());
        assertThat(classesOf(Fixtures.taggerBodies().values().stream())).isEqualTo(TaggerShapes.ALL.keySet());
        assertThat(classesOf(Fixtures.verifierBodies().values().stream().filter(body -> !(body instanceof Problem))))
                .isEqualTo(VerifierShapes.ALL.keySet());
        assertThat(classesOf(Fixtures.gatewayBodies().values().stream())).isEqualTo(GatewayShapes.ALL.keySet());
    }

    private static Object classesOf(Stream<?> values) {
        return values.map(value -> value instanceof Class<?> type ? type : value.getClass())
                .collect(toSet());
    }

    static List<String> lines(Encoding encoding) {
        List<String> lines = new ArrayList<>();
        add(lines, encoding, "client", Fixtures.clientFrames(), frame -> Frames.encode(encoding, frame));
        add(lines, encoding, "server", Fixtures.serverFrames(), frame -> Frames.encode(encoding, frame));
        add(lines, encoding, "body", Fixtures.bodies(), body -> Payloads.encode(encoding, body));
        add(lines, encoding, "body", Fixtures.lookupBodies(), body -> Payloads.encode(encoding, body));
        add(lines, encoding, "body", Fixtures.taggerBodies(), body -> Payloads.encode(encoding, body));
        add(lines, encoding, "body", Fixtures.verifierBodies(), body -> Payloads.encode(encoding, body));
        add(lines, encoding, "body", Fixtures.prekeyBodies(), body -> Payloads.encode(encoding, body));
        add(lines, encoding, "body", Fixtures.gatewayBodies(), body -> Payloads.encode(encoding, body));
        return lines;
    }

    private static <T> void add(
            List<String> lines, Encoding encoding, String side, Map<String, T> values, Function<T, byte[]> encode) {
        values.forEach((name, value) -> lines.add(side + " " + name + ": " + textOf(encoding, encode.apply(value))));
    }

    private static String textOf(Encoding encoding, byte[] bytes) {
        return encoding.isText() ? new String(bytes, UTF_8) : HexFormat.of().formatHex(bytes);
    }

    private static byte[] bytesOf(Encoding encoding, String text) {
        return encoding.isText() ? text.getBytes(UTF_8) : HexFormat.of().parseHex(text);
    }

    private static List<String> golden(Encoding encoding) throws IOException {
        String name = "golden/" + encoding.subProtocol() + ".txt";
        try (InputStream in = Objects.requireNonNull(GoldenTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), UTF_8).lines().toList();
        }
    }
}
