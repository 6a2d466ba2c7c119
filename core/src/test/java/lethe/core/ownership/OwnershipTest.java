package lethe.core.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lethe.core.Samples;
import lethe.core.Trials;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.ownership.OwnershipVerdict.Reason;
import org.junit.jupiter.api.Test;

class OwnershipTest {
    private static final HexFormat HEX = HexFormat.of();
    /** RFC 8032, section 7.1, test 1: a key that everybody knows. */
    private static final String SECRET = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

    private static final DeviceKey VERIFIER =
            new DeviceKey(hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
    private static final Tag TAG = new Tag(counting(0x10, 32));
    private static final DeviceKey ACCOUNT = new DeviceKey(counting(0x40, 32));
    private static final Opaque NONCE = counting(0x80, 16);
    private static final Instant EXPIRES = Samples.START.plus(Duration.ofMinutes(10));

    @Test
    void holdsUntilItExpires() throws Exception {
        Ownership ownership = signed(TAG, ACCOUNT, EXPIRES, NONCE);

        assertThat(ownership.judge(VERIFIER, ACCOUNT, NONCE, EXPIRES.minusMillis(1)))
                .isEqualTo(new OwnershipVerdict.Holds(TAG, ACCOUNT));
        assertThat(ownership.judge(VERIFIER, ACCOUNT, NONCE, EXPIRES)).isEqualTo(refused(Reason.EXPIRED));
        assertThat(ownership.judge(VERIFIER, EXPIRES.plus(Duration.ofHours(1)))).isEqualTo(refused(Reason.EXPIRED));
    }

    @Test
    void isTheAnswerToOneQuestionOnly() throws Exception {
        Ownership ownership = signed(TAG, ACCOUNT, EXPIRES, NONCE);

        assertThat(ownership.judge(VERIFIER, ACCOUNT, counting(0x81, 16), Samples.START))
                .isEqualTo(refused(Reason.OTHER_NONCE));
        assertThat(ownership.judge(VERIFIER, new DeviceKey(counting(0x41, 32)), NONCE, Samples.START))
                .isEqualTo(refused(Reason.OTHER_ACCOUNT));
    }

    @Test
    void isForgedWithAnyOtherFieldAndUnderAnyOtherKey() throws Exception {
        Opaque good = signed(TAG, ACCOUNT, EXPIRES, NONCE).signature();

        assertThat(List.of(
                        new Ownership(new Tag(counting(0x11, 32)), ACCOUNT, EXPIRES, NONCE, good),
                        new Ownership(TAG, new DeviceKey(counting(0x41, 32)), EXPIRES, NONCE, good),
                        new Ownership(TAG, ACCOUNT, EXPIRES.plusSeconds(1), NONCE, good),
                        new Ownership(TAG, ACCOUNT, EXPIRES, counting(0x81, 16), good),
                        new Ownership(TAG, ACCOUNT, EXPIRES, NONCE, Opaque.empty())))
                .allSatisfy(forged ->
                        assertThat(forged.judge(VERIFIER, Samples.START)).isEqualTo(refused(Reason.FORGED)));
        assertThat(new Ownership(TAG, ACCOUNT, EXPIRES, NONCE, good).judge(ACCOUNT, Samples.START))
                .isEqualTo(refused(Reason.FORGED));
    }

    @Test
    void isForgedWithAnyBitOfItsSignatureFlipped() throws Exception {
        Ownership ownership = signed(TAG, ACCOUNT, EXPIRES, NONCE);
        Trials.forAll(100, random -> {
            byte[] bytes = ownership.signature().toBytes();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            assertThat(new Ownership(TAG, ACCOUNT, EXPIRES, NONCE, Opaque.wrap(bytes)).judge(VERIFIER, Samples.START))
                    .isEqualTo(refused(Reason.FORGED));
        });
    }

    /** The bytes and the signature stay what they are: verifiers of the last version sign for brokers of this one. */
    @Test
    void hasTheSameBytesAsEver() throws Exception {
        Map<String, String> golden = golden();

        assertThat(HEX.formatHex(Ownership.statement(TAG, ACCOUNT, EXPIRES, NONCE)))
                .isEqualTo(golden.get("statement"));
        assertThat(HEX.formatHex(
                        signed(TAG, ACCOUNT, EXPIRES, NONCE).signature().shared()))
                .isEqualTo(golden.get("signature"));
        assertThat(new Ownership(TAG, ACCOUNT, EXPIRES, NONCE, hex(Objects.requireNonNull(golden.get("signature"))))
                        .judge(VERIFIER, Samples.START))
                .isEqualTo(new OwnershipVerdict.Holds(TAG, ACCOUNT));
    }

    @Test
    void hasOneFormOnly() {
        assertThatThrownBy(() -> new Ownership(TAG, ACCOUNT, EXPIRES, counting(0, 15), Opaque.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Ownership(TAG, ACCOUNT, EXPIRES.plusMillis(1), NONCE, Opaque.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void doesNotPrint() throws Exception {
        assertThat(signed(TAG, ACCOUNT, EXPIRES, NONCE)).hasToString("Ownership[***]");
    }

    private static OwnershipVerdict refused(Reason reason) {
        return new OwnershipVerdict.Refused(reason);
    }

    private static Ownership signed(Tag tag, DeviceKey account, Instant expires, Opaque nonce)
            throws GeneralSecurityException {
        PrivateKey key = KeyFactory.getInstance("Ed25519")
                .generatePrivate(new PKCS8EncodedKeySpec(HEX.parseHex("302e020100300506032b657004220420" + SECRET)));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(key);
        signature.update(Ownership.statement(tag, account, expires, nonce));
        return new Ownership(tag, account, expires, nonce, Opaque.wrap(signature.sign()));
    }

    private static Map<String, String> golden() throws IOException {
        try (InputStream in = Objects.requireNonNull(OwnershipTest.class.getResourceAsStream("ownership.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" = ", 2))
                    .collect(Collectors.toMap(sides -> sides[0], sides -> sides[1]));
        }
    }

    private static Opaque hex(String text) {
        return Opaque.wrap(HEX.parseHex(text));
    }

    private static Opaque counting(int first, int length) {
        byte[] bytes = new byte[length];
        IntStream.range(0, length).forEach(i -> bytes[i] = (byte) (first + i));
        return Opaque.wrap(bytes);
    }
}
