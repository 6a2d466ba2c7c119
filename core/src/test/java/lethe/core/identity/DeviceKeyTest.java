package lethe.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import lethe.core.Samples;
import lethe.core.Trials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceKeyTest {
    private static final HexFormat HEX = HexFormat.of();

    private static DeviceKey key(String hex) {
        return new DeviceKey(Opaque.wrap(HEX.parseHex(hex)));
    }

    /** RFC 8032, section 7.1, tests 1 to 3. */
    @ParameterizedTest
    @CsvSource({
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a, '',"
                + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                + "d25bf5f0595bbe24655141438e7a100b",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c, 72,"
                + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
                + "387b2eaeb4302aeeb00d291612bb0c00",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025, af82,"
                + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
                + "4a7c15e9716ed28dc027beceea1ec40a"
    })
    void agreesWithTheStandard(String publicKey, String message, String signature) {
        byte[] signed = HEX.parseHex(message);
        Opaque good = Opaque.wrap(HEX.parseHex(signature));
        byte[] bad = good.toBytes();
        bad[0] ^= 1;

        assertThat(key(publicKey).signed(signed, good)).isTrue();
        assertThat(key(publicKey).signed(new byte[] {1, 2, 3}, good)).isFalse();
        assertThat(key(publicKey).signed(signed, Opaque.wrap(bad))).isFalse();
    }

    @Test
    void takesEveryMalformedKeyOrSignatureForWrong() {
        Trials.forAll(200, random -> {
            DeviceKey nonsense = new DeviceKey(Samples.opaque(random, DeviceKey.LENGTH));
            Opaque signature = Samples.opaque(random, random.nextBoolean() ? 64 : random.nextInt(130));
            assertThat(nonsense.signed(new byte[] {1}, signature)).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0200000000000000000000000000000000000000000000000000000000000000"
            })
    void takesAKeyThatIsNoPointForWrong(String hex) {
        assertThat(key(hex).signed(new byte[] {1}, Opaque.wrap(new byte[64]))).isFalse();
    }

    @Test
    void isTheRawFormOfAKeyOfThePlatform() throws NoSuchAlgorithmException {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();

        byte[] encoded = pair.getPublic().getEncoded();
        assertThat(DeviceKey.of(pair.getPublic()).bytes().toText())
                .isEqualTo(Opaque.wrap(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length))
                        .toText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"X25519", "Ed448", "EC"})
    void isOfNoOtherKind(String algorithm) throws NoSuchAlgorithmException {
        var other = KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPublic();

        assertThatThrownBy(() -> DeviceKey.of(other)).isInstanceOf(IllegalArgumentException.class);
    }
}
