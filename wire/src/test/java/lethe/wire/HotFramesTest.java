package lethe.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import lethe.core.fallback.Fallback;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.GatewayBodies;
import lethe.core.protocol.ServerFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The short way of the hot frames says what the general one says, of good bytes and of bad ones. */
class HotFramesTest {
    private static final int ROUNDS = 2_000;
    private static final int MUTATIONS = 200_000;

    @Test
    void writesWhatTheGeneralWayWrites() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            for (ServerFrame frame : new Samples(seed).serverFrames()) {
                assertThat(Frames.encode(Encoding.CBOR, frame))
                        .as("seed %d", seed)
                        .isEqualTo(Octets.of(Encoding.CBOR, ServerFrames.VOCABULARY, frame));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void writesTheSameIntoATransportsBuffer(Encoding encoding) {
        for (int seed = 0; seed < ROUNDS / 10; seed++) {
            for (ServerFrame frame : new Samples(seed).serverFrames()) {
                List<ByteBuffer> rooms = new ArrayList<>();
                Frames.encode(encoding, frame, length -> {
                    rooms.add(ByteBuffer.allocateDirect(length));
                    return rooms.get(0);
                });

                assertThat(rooms).as("seed %d", seed).hasSize(1);
                ByteBuffer room = rooms.get(0).flip();
                assertThat(room).isEqualTo(ByteBuffer.wrap(Frames.encode(encoding, frame)));
            }
        }
    }

    @Test
    void takesTheShortWayForEverySendAndAcknowledgement() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            for (ClientFrame frame : new Samples(seed).clientFrames()) {
                byte[] bytes = Frames.encode(Encoding.CBOR, frame);
                boolean hot = frame instanceof ClientFrame.Send || frame instanceof ClientFrame.Ack;
                assertThat(HotClientFrames.read(bytes, 0, bytes.length))
                        .as("seed %d", seed)
                        .isEqualTo(hot ? frame : null);
            }
        }
    }

    @Test
    void takesFromMutatedBytesNothingThatTheGeneralWayReadsOtherwise() {
        Random random = new Random(20_261_123);
        int taken = 0;
        Samples samples = new Samples(0);
        for (int i = 0; i < MUTATIONS; i++) {
            if (i % 1000 == 0) {
                samples = new Samples(i);
            }
            List<ClientFrame> frames = samples.clientFrames();
            ClientFrame frame = frames.get(1 + random.nextInt(2));
            byte[] mutated = FuzzTest.mutate(Frames.encode(Encoding.CBOR, frame), random);
            ClientFrame hot = HotClientFrames.read(mutated, 0, mutated.length);
            taken += hot == null ? 0 : 1;
            assertThat(Frames.decodeClient(Encoding.CBOR, mutated))
                    .as("mutation %d", i)
                    .isEqualTo(Octets.read(Encoding.CBOR, ClientFrames.VOCABULARY, mutated, 0, mutated.length));
        }
        // Were there none that both read, or only such, the claim would say little.
        assertThat(taken).isBetween(MUTATIONS / 100, MUTATIONS * 9 / 10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a2 01 01 00 03", // the type last
                "a3 00 03 02 80 01 01", // keys that fall
                "a2 00 03 1801 01", // a long key
                "a2 1800 03 01 01",
                "ba00000002 1800 190003 1801 1b0000000000000001",
            })
    void leavesUnusualFormsToTheGeneralWay(String frame) {
        byte[] bytes = HexFormat.of().parseHex(frame.replace(" ", ""));

        assertThat(Frames.decodeClient(Encoding.CBOR, bytes))
                .isEqualTo(new Decoded.Good<>(new ClientFrame.Ack(1, List.of(), List.of())));
    }

    @Test
    void leavesCapsulesOutOfBoundsToTheGeneralWayWhichRefusesThem() {
        for (int length : new int[] {0, GatewayBodies.MOST_CAPSULE + 1}) {
            byte[] bytes = Frames.encode(Encoding.CBOR, withCapsule(length));

            assertThat(HotClientFrames.read(bytes, 0, bytes.length)).isNull();
            assertThat(Frames.decodeClient(Encoding.CBOR, bytes)).isInstanceOf(Decoded.Bad.class);
        }
        ClientFrame largest = withCapsule(GatewayBodies.MOST_CAPSULE);
        assertThat(Frames.decodeClient(Encoding.CBOR, Frames.encode(Encoding.CBOR, largest)))
                .isEqualTo(new Decoded.Good<>(largest));
    }

    private static ClientFrame withCapsule(int length) {
        ClientFrame.Send usual = new Samples(1).send(20);
        return new ClientFrame.Send(
                usual.ref(),
                usual.id(),
                usual.to(),
                null,
                null,
                null,
                null,
                Fallback.GATEWAY,
                null,
                usual.body(),
                null,
                Fixtures.bytes(0, length));
    }

    @Test
    void readsAFrameInTheMiddleOfAnArrayAndNoFurther() {
        byte[] bytes = HexFormat.of().parseHex("ffff" + "a200030103" + "0102");

        assertThat(HotClientFrames.read(bytes, 2, 5)).isEqualTo(new ClientFrame.Ack(3, List.of(), List.of()));
        assertThat(HotClientFrames.read(bytes, 2, 4)).isNull();
        assertThat(HotClientFrames.read(bytes, 2, 6)).isNull();
    }
}
