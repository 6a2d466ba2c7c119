package lethe.core.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import lethe.core.Samples;
import lethe.core.Trials;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import org.junit.jupiter.api.Test;

class SignedPolicyTest {
    private static final HexFormat HEX = HexFormat.of();
    /** RFC 8032, section 7.1, test 1: a key that everybody knows. */
    private static final String SECRET = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

    private static final DeviceKey OPERATOR =
            new DeviceKey(hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
    private static final String TEXT = "Off by default.";
    private static final Policy POLICY = Policy.of(2, TEXT);

    @Test
    void isTheOperatorsWord() throws Exception {
        assertThat(signed(POLICY, TEXT, Samples.START).judge(OPERATOR)).isEqualTo(PolicyVerdict.GOOD);
    }

    @Test
    void isForgedWithAnyOtherFieldAndUnderAnyOtherKey() throws Exception {
        SignedPolicy good = signed(POLICY, TEXT, Samples.START);
        Opaque signature = good.signature();

        assertThat(List.of(
                        new SignedPolicy(Policy.of(3, TEXT), TEXT, Samples.START, signature),
                        new SignedPolicy(Policy.of(2, "On."), "On.", Samples.START, signature),
                        new SignedPolicy(POLICY, TEXT, Samples.START.plusMillis(1), signature),
                        new SignedPolicy(POLICY, TEXT, Samples.START, Opaque.empty())))
                .allSatisfy(forged -> assertThat(forged.judge(OPERATOR)).isEqualTo(PolicyVerdict.FORGED));
        assertThat(good.judge(new DeviceKey(Opaque.wrap(new byte[DeviceKey.LENGTH]))))
                .isEqualTo(PolicyVerdict.FORGED);
    }

    @Test
    void isForgedWithAnyBitOfItsSignatureFlipped() throws Exception {
        Opaque good = signed(POLICY, TEXT, Samples.START).signature();
        Trials.forAll(100, random -> {
            byte[] bytes = good.toBytes();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            assertThat(new SignedPolicy(POLICY, TEXT, Samples.START, Opaque.wrap(bytes)).judge(OPERATOR))
                    .isEqualTo(PolicyVerdict.FORGED);
        });
    }

    @Test
    void hasTheTextThatWasSigned() throws Exception {
        Opaque signature = signed(POLICY, TEXT, Samples.START).signature();

        assertThat(new SignedPolicy(POLICY, "Off by default!", Samples.START, signature).judge(OPERATOR))
                .isEqualTo(PolicyVerdict.OTHER_TEXT);
    }

    @Test
    void isBoundedInBytesNotInCharacters() throws Exception {
        String longest = "a".repeat(SignedPolicy.MOST_BYTES - 2) + "é";

        assertThat(signed(Policy.of(2, longest), longest, Samples.START).judge(OPERATOR))
                .isEqualTo(PolicyVerdict.GOOD);
        String longer = longest + "a";
        assertThat(signed(Policy.of(2, longer), longer, Samples.START).judge(OPERATOR))
                .isEqualTo(PolicyVerdict.TOO_LARGE);
    }

    /** The bytes stay what they are: operators of the last version sign for phones of this one. */
    @Test
    void signsTheSameBytesAsEver() {
        assertThat(HEX.formatHex(
                        SignedPolicy.statement(new Policy(2, hex("b0".repeat(32))), Instant.ofEpochMilli(0x0102))))
                .isEqualTo("0000000e" + "6c657468652f3120706f6c696379"
                        + "00000008" + "0000000000000002"
                        + "00000020" + "b0".repeat(32)
                        + "00000008" + "0000000000000102");
    }

    private static SignedPolicy signed(Policy policy, String text, Instant at) throws GeneralSecurityException {
        PrivateKey key = KeyFactory.getInstance("Ed25519")
                .generatePrivate(new PKCS8EncodedKeySpec(HEX.parseHex("302e020100300506032b657004220420" + SECRET)));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(key);
        signature.update(SignedPolicy.statement(policy, at));
        return new SignedPolicy(policy, text, at, Opaque.wrap(signature.sign()));
    }

    private static Opaque hex(String text) {
        return Opaque.wrap(HEX.parseHex(text));
    }
}
