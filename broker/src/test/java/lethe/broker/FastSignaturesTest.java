package lethe.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.HexFormat;
import java.util.Random;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FastSignaturesTest {
    private final Random random = new Random(5);

    @BeforeAll
    static void install() {
        FastSignatures.install();
    }

    /** RFC 8032, section 7.1, tests 1 to 3. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a; ''; e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b
            3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c; 72; 92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00
            fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025; af82; 6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a
            """)
    void verifiesTheVectorsOfTheStandard(String key, String message, String signature) {
        assertThat(new DeviceKey(bytes(key)).signed(bytes(message).shared(), bytes(signature)))
                .isTrue();
    }

    @Test
    void isTheOneThatVerifiesAndNotTheOneThatSigns() throws GeneralSecurityException {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Signature verifying = Signature.getInstance("Ed25519");
        verifying.initVerify(keys.getPublic());
        Signature signing = Signature.getInstance("Ed25519");
        signing.initSign(keys.getPrivate());

        assertThat(verifying.getProvider().getName()).isEqualTo("LetheEd25519");
        assertThat(signing.getProvider().getName()).isEqualTo("SunEC");
    }

    @Test
    void agreesWithJavasOwnOnWhatIsRightAndWhatIsWrong() throws GeneralSecurityException {
        for (int round = 0; round < 50; round++) {
            KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] message = new byte[random.nextInt(300)];
            random.nextBytes(message);
            byte[] signature = signed(keys, message);
            DeviceKey key = DeviceKey.of(keys.getPublic());
            assertThat(key.signed(message, Opaque.wrap(signature))).isTrue();

            byte[] damaged = signature.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            assertThat(key.signed(message, Opaque.wrap(damaged))).isFalse();
        }
    }

    @Test
    void refusesASignatureOfAnotherLength() throws GeneralSecurityException {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();

        assertThat(DeviceKey.of(keys.getPublic()).signed(new byte[1], Opaque.wrap(new byte[63])))
                .isFalse();
    }

    private static byte[] signed(KeyPair keys, byte[] message) throws GeneralSecurityException {
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(keys.getPrivate());
        signer.update(message);
        return signer.sign();
    }

    private static Opaque bytes(String hex) {
        return Opaque.wrap(HexFormat.of().parseHex(hex.strip()));
    }
}
