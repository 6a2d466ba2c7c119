package lethe.seal.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import lethe.core.identity.Opaque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HpkeTest {
    private static final byte[] INFO = "for a test".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEADER = {1, 2, 3};
    private static final byte[] SAID = {4, 5, 6};

    private final Random random = new Random(1);

    @ParameterizedTest
    @EnumSource
    void opensWhatWasSealed(Suite suite) {
        Opaque secret = secret();
        Outgoing from =
                Hpke.send(suite, Hpke.publicKey(suite, secret), INFO, random).orElseThrow();
        Opaque sealed = from.seal(HEADER, SAID);

        Incoming to = Hpke.receive(suite, secret, from.encapsulated(), INFO).orElseThrow();

        assertThat(to.open(HEADER, sealed.shared())).contains(Opaque.wrap(SAID));
        assertThat(to.export(INFO, 32)).isEqualTo(from.export(INFO, 32));
    }

    @ParameterizedTest
    @EnumSource
    void hasTheLengthsThatItSays(Suite suite) {
        Opaque key = Hpke.publicKey(suite, secret());

        assertThat(key.length()).isEqualTo(suite.publicKey());
        assertThat(Hpke.send(suite, key, INFO, random)).hasValueSatisfying(sent -> {
            assertThat(sent.encapsulated().length()).isEqualTo(suite.encapsulated());
            assertThat(sent.seal(HEADER, SAID).length()).isEqualTo(SAID.length + Suite.TAG);
        });
    }

    @ParameterizedTest
    @EnumSource
    void opensNothingForAnotherUse(Suite suite) {
        Opaque secret = secret();
        Outgoing from =
                Hpke.send(suite, Hpke.publicKey(suite, secret), INFO, random).orElseThrow();
        Opaque sealed = from.seal(HEADER, SAID);

        Incoming to = Hpke.receive(suite, secret, from.encapsulated(), HEADER).orElseThrow();

        assertThat(to.open(HEADER, sealed.shared())).isEmpty();
        assertThat(to.export(INFO, 32)).isNotEqualTo(from.export(INFO, 32));
    }

    @ParameterizedTest
    @EnumSource
    void takesNoKeyOfAnotherLength(Suite suite) {
        assertThat(Hpke.send(suite, Opaque.wrap(new byte[suite.publicKey() - 1]), INFO, random))
                .isEmpty();
        assertThat(Hpke.receive(suite, secret(), Opaque.wrap(new byte[suite.encapsulated() + 1]), INFO))
                .isEmpty();
    }

    /** The point of order 1: whoever agrees with it agrees with everybody. */
    @ParameterizedTest
    @EnumSource
    void agreesOnNothingWithAPointOfLowOrder(Suite suite) {
        byte[] key = Hpke.publicKey(suite, secret()).toBytes();
        Arrays.fill(key, key.length - 32, key.length, (byte) 0);

        assertThat(Hpke.send(suite, Opaque.wrap(key), INFO, random)).isEmpty();
    }

    /** FIPS 203, section 7.2. */
    @Test
    void takesNoKeyWhoseCoefficientsAreBeyondTheModulus() {
        byte[] key = Hpke.publicKey(Suite.X_WING, secret()).toBytes();
        Arrays.fill(key, 0, 3, (byte) 0xff);

        assertThat(Hpke.send(Suite.X_WING, Opaque.wrap(key), INFO, random)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void opensNothingThatIsShorterThanItsTag(Suite suite) {
        Opaque secret = secret();
        Outgoing from =
                Hpke.send(suite, Hpke.publicKey(suite, secret), INFO, random).orElseThrow();
        Incoming to = Hpke.receive(suite, secret, from.encapsulated(), INFO).orElseThrow();

        assertThat(to.open(HEADER, new byte[0])).isEmpty();
        assertThat(to.open(HEADER, new byte[Suite.TAG])).isEmpty();
    }

    @Test
    void namesSuitesByTheirBytes() {
        assertThat(Suite.of(1)).contains(Suite.X25519);
        assertThat(Suite.of(2)).contains(Suite.X_WING);
        assertThat(Suite.of(0)).isEmpty();
        assertThat(Suite.of(3)).isEmpty();
        assertThat(Suite.PREFERRED).isEqualTo(Suite.X_WING);
        assertThat(Suite.X_WING.kem()).isEqualTo((short) 0x647a);
    }

    private Opaque secret() {
        byte[] secret = new byte[Suite.SECRET];
        random.nextBytes(secret);
        return Opaque.wrap(secret);
    }
}
