package lethe.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lethe.core.account.Device;
import lethe.core.account.DeviceList;
import lethe.core.consent.Policy;
import lethe.core.ownership.Ownership;
import lethe.core.permit.Permission;
import lethe.core.permit.Permit;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.GatewayBodies;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ServerFrame;
import lethe.core.protocol.TaggerBodies;
import lethe.core.protocol.VerifierBodies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one side writes, the other reads, whatever the values. */
class RoundTripTest {
    private static final int ROUNDS = 500;

    @ParameterizedTest
    @EnumSource
    void readsEveryClientFrameThatItWrites(Encoding encoding) {
        for (int seed = 0; seed < ROUNDS; seed++) {
            for (ClientFrame frame : new Samples(seed).clientFrames()) {
                assertThat(Frames.decodeClient(encoding, Frames.encode(encoding, frame)))
                        .as("seed %d", seed)
                        .isEqualTo(new Decoded.Good<>(frame));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsEveryServerFrameThatItWrites(Encoding encoding) {
        for (int seed = 0; seed < ROUNDS; seed++) {
            for (ServerFrame frame : new Samples(seed).serverFrames()) {
                assertThat(Frames.decodeServer(encoding, Frames.encode(encoding, frame)))
                        .as("seed %d", seed)
                        .isEqualTo(new Decoded.Good<>(frame));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsEveryBodyThatItWrites(Encoding encoding) {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Samples samples = new Samples(seed);
            for (Record body : Stream.of(
                            samples.bodies(),
                            samples.prekeyBodies(),
                            samples.lookupBodies(),
                            samples.taggerBodies(),
                            samples.verifierBodies(),
                            samples.gatewayBodies())
                    .flatMap(List::stream)
                    .toList()) {
                assertThat(Payloads.decode(encoding, body.getClass(), Payloads.encode(encoding, body)))
                        .as("seed %d", seed)
                        .isEqualTo(new Decoded.Good<>(body));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsAFrameInTheMiddleOfAnArray(Encoding encoding) {
        ClientFrame frame = new Samples(1).send(40);
        byte[] bytes = Frames.encode(encoding, frame);
        byte[] around = new byte[bytes.length + 20];
        Arrays.fill(around, (byte) '}');
        System.arraycopy(bytes, 0, around, 10, bytes.length);

        assertThat(Frames.decodeClient(encoding, around, 10, bytes.length)).isEqualTo(new Decoded.Good<>(frame));
    }

    @ParameterizedTest
    @EnumSource
    void carriesAnEnvelopeLargerThanAnyBuffer(Encoding encoding) {
        ClientFrame frame = new Samples(1).send(1 << 20);

        assertThat(Frames.decodeClient(encoding, Frames.encode(encoding, frame)))
                .isEqualTo(new Decoded.Good<>(frame));
    }

    @ParameterizedTest
    @EnumSource
    void carriesATextLargerThanAnyBuffer(Encoding encoding) {
        for (String part : List.of("a", "é", "😀")) {
            String text = part.repeat(16 * 1024);
            Bodies.PolicyInForce policy = Bodies.PolicyInForce.of(Policy.of(1, text), text);

            assertThat(Payloads.decode(encoding, Bodies.PolicyInForce.class, Payloads.encode(encoding, policy)))
                    .isEqualTo(new Decoded.Good<>(policy));
        }
    }

    @Test
    void samplesEveryFrameAndBodyThatThereIs() {
        Samples samples = new Samples(1);

        assertThat(classes(samples.clientFrames()))
                .containsExactlyInAnyOrderElementsOf(nested(ClientFrame.class, ClientFrame.class));
        assertThat(classes(samples.serverFrames()))
                .containsExactlyInAnyOrderElementsOf(nested(ServerFrame.class, ServerFrame.class));
        List<Class<?>> bodies = nested(Bodies.class, Record.class);
        bodies.addAll(List.of(Problem.class, Device.class, DeviceList.class));
        assertThat(classes(samples.bodies())).containsExactlyInAnyOrderElementsOf(bodies);
        assertThat(classes(samples.prekeyBodies())).containsExactlyInAnyOrderElementsOf(PrekeyShapes.ALL.keySet());
        assertThat(classes(samples.lookupBodies())).containsExactlyInAnyOrderElementsOf(LookupShapes.ALL.keySet());
        List<Class<?>> taggerBodies = nested(TaggerBodies.class, Record.class);
        taggerBodies.add(Permission.class);
        assertThat(classes(samples.taggerBodies())).containsExactlyInAnyOrderElementsOf(taggerBodies);
        List<Class<?>> verifierBodies = nested(VerifierBodies.class, Record.class);
        verifierBodies.add(Ownership.class);
        verifierBodies.add(Permit.class);
        assertThat(classes(samples.verifierBodies())).containsExactlyInAnyOrderElementsOf(verifierBodies);
        assertThat(classes(samples.gatewayBodies()))
                .containsExactlyInAnyOrderElementsOf(nested(GatewayBodies.class, Record.class));
    }

    private static List<Class<?>> classes(List<?> values) {
        return values.stream().map(Object::getClass).collect(Collectors.toList());
    }

    private static List<Class<?>> nested(Class<?> outer, Class<?> kind) {
        return Arrays.stream(outer.getDeclaredClasses())
                .filter(kind::isAssignableFrom)
                .collect(Collectors.toList());
    }
}
