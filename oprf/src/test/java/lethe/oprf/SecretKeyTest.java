package lethe.oprf;

import static lethe.oprf.Given.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.random.RandomGenerator;
import lethe.core.identity.Opaque;
import org.junit.jupiter.api.Test;

class SecretKeyTest {
    @Test
    @RevealsKeys("reads back what it wrote")
    void isReadBackAsItself() {
        SecretKey key = SecretKey.draw(new Random(1));

        assertThat(SecretKey.decode(key.reveal()).orElseThrow().publicKey()).isEqualTo(key.publicKey());
    }

    @Test
    void isNeitherZeroNorBeyondTheOrder() {
        assertThat(SecretKey.decode(Opaque.wrap(new byte[32]))).isEmpty();
        assertThat(SecretKey.decode(Opaque.wrap(P256.toBytes(P256.ORDER)))).isEmpty();
        assertThat(SecretKey.decode(Opaque.wrap(P256.toBytes(P256.ORDER.subtract(BigInteger.ONE)))))
                .isPresent();
        assertThat(SecretKey.decode(Opaque.wrap(new byte[31]))).isEmpty();
    }

    /** Neither zero nor what is beyond the order is taken, or brought into range: both are drawn anew. */
    @Test
    void isDrawnWithoutBias() {
        ByteBuffer source = ByteBuffer.allocate(96)
                .put(new byte[32])
                .put(P256.toBytes(P256.ORDER))
                .put(P256.toBytes(BigInteger.TEN))
                .flip();
        RandomGenerator scripted = new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new AssertionError("bytes are drawn as bytes");
            }

            @Override
            public void nextBytes(byte[] bytes) {
                source.get(bytes);
            }
        };

        assertThat(P256.randomScalar(scripted)).isEqualTo(BigInteger.TEN);
    }

    @Test
    void isDerivedFromSeedAndText() {
        Opaque seed = hex("a3".repeat(32));

        PublicKey first = SecretKey.derive(seed, hex("01")).publicKey();

        assertThat(SecretKey.derive(seed, hex("01")).publicKey()).isEqualTo(first);
        assertThat(SecretKey.derive(seed, hex("02")).publicKey()).isNotEqualTo(first);
        assertThatThrownBy(() -> SecretKey.derive(hex("a3"), hex("01"))).isInstanceOf(IllegalArgumentException.class);
    }
}
