package lethe.seal.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import lethe.core.identity.Opaque;
import org.junit.jupiter.api.Test;

class SigningKeyTest {
    private static final byte[] SAID = {1, 2, 3};

    private final SigningKey key = SigningKey.draw(new Random(1));

    @Test
    void signsWhatJavaBelieves() {
        assertThat(key.publicKey().signed(SAID, key.sign(SAID))).isTrue();
    }

    @Test
    void believesItself() {
        assertThat(Signatures.hold(key.publicKey(), SAID, key.sign(SAID))).isTrue();
    }

    @Test
    void believesNothingElse() {
        Opaque signature = key.sign(SAID);
        SigningKey other = SigningKey.draw(new Random(2));

        assertThat(Signatures.hold(other.publicKey(), SAID, signature)).isFalse();
        assertThat(Signatures.hold(key.publicKey(), new byte[] {1, 2, 4}, signature))
                .isFalse();
        assertThat(Signatures.hold(key.publicKey(), SAID, Opaque.wrap(new byte[64])))
                .isFalse();
        assertThat(Signatures.hold(key.publicKey(), SAID, Opaque.wrap(new byte[63])))
                .isFalse();
    }

    @Test
    void doesNotPrint() {
        assertThat(key).hasToString("SigningKey[***]");
    }
}
