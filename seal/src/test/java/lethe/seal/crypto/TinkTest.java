package lethe.seal.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.HybridEncrypt;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.Key;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.hybrid.HpkeParameters;
import com.google.crypto.tink.hybrid.HpkePrivateKey;
import com.google.crypto.tink.hybrid.HpkePublicKey;
import com.google.crypto.tink.hybrid.HybridConfig;
import com.google.crypto.tink.util.Bytes;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Security;
import java.util.Arrays;
import java.util.Random;
import lethe.core.identity.Opaque;
import org.conscrypt.Conscrypt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Google's Tink opens what is sealed here, and the other way round. */
class TinkTest {
    private static final byte[] INFO = "for a test".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SAID = "hello from the other bank".getBytes(StandardCharsets.US_ASCII);

    private final Random random = new Random(1);

    @BeforeAll
    static void register() throws GeneralSecurityException {
        HybridConfig.register();
        Security.addProvider(Conscrypt.newProvider());
    }

    @ParameterizedTest
    @EnumSource
    void tinkOpensWhatIsSealedHere(Suite suite) throws GeneralSecurityException {
        Opaque secret = secret();
        Outgoing from =
                Hpke.send(suite, Hpke.publicKey(suite, secret), INFO, random).orElseThrow();
        byte[] sealed = concatenate(from.encapsulated(), from.seal(new byte[0], SAID));

        HybridDecrypt tink =
                handle(privateKey(suite, secret)).getPrimitive(RegistryConfiguration.get(), HybridDecrypt.class);

        assertThat(tink.decrypt(sealed, INFO)).isEqualTo(SAID);
    }

    @ParameterizedTest
    @EnumSource
    void opensWhatTinkSeals(Suite suite) throws GeneralSecurityException {
        Opaque secret = secret();
        byte[] sealed = handle(publicKey(suite, Hpke.publicKey(suite, secret)))
                .getPrimitive(RegistryConfiguration.get(), HybridEncrypt.class)
                .encrypt(SAID, INFO);
        Opaque encapsulated = Opaque.wrap(Arrays.copyOf(sealed, suite.encapsulated()));

        Incoming to = Hpke.receive(suite, secret, encapsulated, INFO).orElseThrow();

        assertThat(to.open(new byte[0], Arrays.copyOfRange(sealed, suite.encapsulated(), sealed.length)))
                .contains(Opaque.wrap(SAID));
    }

    private static KeysetHandle handle(Key key) throws GeneralSecurityException {
        return KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.importKey(key).withFixedId(1).makePrimary())
                .build();
    }

    private static HpkePrivateKey privateKey(Suite suite, Opaque secret) throws GeneralSecurityException {
        return HpkePrivateKey.create(
                publicKey(suite, Hpke.publicKey(suite, secret)),
                SecretBytes.copyFrom(secret.shared(), InsecureSecretKeyAccess.get()));
    }

    private static HpkePublicKey publicKey(Suite suite, Opaque key) throws GeneralSecurityException {
        boolean hybrid = suite == Suite.X_WING;
        HpkeParameters parameters = HpkeParameters.builder()
                .setVariant(HpkeParameters.Variant.NO_PREFIX)
                .setKemId(hybrid ? HpkeParameters.KemId.X_WING : HpkeParameters.KemId.DHKEM_X25519_HKDF_SHA256)
                .setKdfId(HpkeParameters.KdfId.HKDF_SHA256)
                .setAeadId(hybrid ? HpkeParameters.AeadId.AES_256_GCM : HpkeParameters.AeadId.CHACHA20_POLY1305)
                .build();
        return HpkePublicKey.create(parameters, Bytes.copyFrom(key.shared()), null);
    }

    private Opaque secret() {
        byte[] secret = new byte[Suite.SECRET];
        random.nextBytes(secret);
        return Opaque.wrap(secret);
    }

    private static byte[] concatenate(Opaque first, Opaque second) {
        byte[] both = Arrays.copyOf(first.shared(), first.length() + second.length());
        System.arraycopy(second.shared(), 0, both, first.length(), second.length());
        return both;
    }
}
