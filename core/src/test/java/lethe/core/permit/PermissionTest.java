package lethe.core.permit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lethe.core.Samples;
import lethe.core.Trials;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.permit.PermissionVerdict.Reason;
import org.junit.jupiter.api.Test;

class PermissionTest {
    private static final Opaque PSEUDONYM = counting(0x10, 16);
    private static final Opaque NONCE = counting(0x20, 16);
    private static final int VERSION = 3;
    private static final List<Opaque> BATCH = List.of(counting(2, 33), counting(3, 33));
    private static final Instant EXPIRES = Instant.parse("2027-02-20T00:00:00Z");
    private static final Instant NOW = Samples.START;

    private final KeyPair verifier = pair();
    private final KeyPair phone = pair();
    private final DeviceKey phoneKey = DeviceKey.of(phone.getPublic());
    private final Set<DeviceKey> verifiers =
            Set.of(DeviceKey.of(pair().getPublic()), DeviceKey.of(verifier.getPublic()));
    private final Permit permit = permit(verifier, PSEUDONYM, phoneKey, EXPIRES);

    @Test
    void holdsForItsBatchWithinAMinute() {
        Permission shown = shown(permit, NOW);

        for (int apart : new int[] {-60, 0, 60}) {
            assertThat(judge(shown, NOW.plusSeconds(apart))).isEqualTo(new PermissionVerdict.Holds(PSEUDONYM, false));
        }
        assertThat(judge(shown, NOW.plusMillis(60_001))).isEqualTo(refused(Reason.OTHER_TIME));
        assertThat(judge(shown, NOW.minusMillis(60_001))).isEqualTo(refused(Reason.OTHER_TIME));
        assertThat(judge(shown, NOW.plus(Duration.ofHours(1)))).isEqualTo(refused(Reason.OTHER_TIME));
    }

    @Test
    void holdsUntilItsPermitExpires() {
        assertThat(judge(shown(permit, EXPIRES), EXPIRES.minusMillis(1))).isInstanceOf(PermissionVerdict.Holds.class);
        assertThat(judge(shown(permit, EXPIRES), EXPIRES)).isEqualTo(refused(Reason.EXPIRED));
    }

    @Test
    void holdsForNoOtherBatch() {
        Permission shown = shown(permit, NOW);

        assertThat(judge(shown, VERSION + 1, BATCH)).isEqualTo(refused(Reason.FORGED));
        assertThat(judge(shown, VERSION, List.of(BATCH.get(1), BATCH.get(0)))).isEqualTo(refused(Reason.FORGED));
        assertThat(judge(shown, VERSION, BATCH.subList(0, 1))).isEqualTo(refused(Reason.FORGED));
    }

    @Test
    void holdsWithNoOtherFields() {
        Permission good = shown(permit, NOW);

        assertThat(List.of(
                        new Permission(permit, NOW.plusSeconds(1), NONCE, good.signature()),
                        new Permission(permit, NOW, counting(0x21, 16), good.signature()),
                        new Permission(permit, NOW, NONCE, Opaque.empty()),
                        shown(new Permit(counting(0x11, 16), phoneKey, EXPIRES, permit.signature()), NOW),
                        shown(new Permit(PSEUDONYM, phoneKey, EXPIRES.plusSeconds(1), permit.signature()), NOW),
                        shown(permit(pair(), PSEUDONYM, phoneKey, EXPIRES), NOW),
                        shown(permit(verifier, PSEUDONYM, DeviceKey.of(pair().getPublic()), EXPIRES), NOW)))
                .allSatisfy(forged -> assertThat(judge(forged, NOW)).isEqualTo(refused(Reason.FORGED)));
    }

    @Test
    void isForgedWithAnyBitOfItsSignaturesFlipped() {
        Permission good = shown(permit, NOW);
        Trials.forAll(100, random -> {
            Opaque ofPermit = flipped(permit.signature(), random.nextInt(512));
            Opaque ofRequest = flipped(good.signature(), random.nextInt(512));

            assertThat(judge(shown(new Permit(PSEUDONYM, phoneKey, EXPIRES, ofPermit), NOW), NOW))
                    .isEqualTo(refused(Reason.FORGED));
            assertThat(judge(new Permission(permit, NOW, NONCE, ofRequest), NOW))
                    .isEqualTo(refused(Reason.FORGED));
        });
    }

    @Test
    void tellsAVerifierThatAsksForItself() {
        DeviceKey own = DeviceKey.of(verifier.getPublic());
        Permit ofItself = permit(verifier, PSEUDONYM, own, EXPIRES);

        assertThat(judge(shown(verifier.getPrivate(), ofItself, NOW), NOW))
                .isEqualTo(new PermissionVerdict.Holds(PSEUDONYM, true));
    }

    /** Verifiers and phones of the last version sign for taggers of this one. */
    @Test
    void hasTheSameBytesAsEver() throws IOException {
        Permit fixed = new Permit(PSEUDONYM, new DeviceKey(counting(0x40, 32)), EXPIRES, counting(0x80, 64));
        Map<String, String> golden = golden();

        assertThat(hex(Permit.statement(fixed.pseudonym(), fixed.key(), fixed.expires())))
                .isEqualTo(golden.get("permit"));
        assertThat(hex(Permission.statement(fixed, NOW, NONCE, VERSION, BATCH))).isEqualTo(golden.get("evaluate"));
    }

    @Test
    void hasOneFormOnly() {
        Opaque signature = permit.signature();
        assertThatThrownBy(() -> new Permit(counting(0, 15), phoneKey, EXPIRES, signature))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Permit(PSEUDONYM, phoneKey, EXPIRES.plusMillis(1), signature))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Permission(permit, NOW, counting(0, 17), signature))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Permission(permit, NOW.plusMillis(1), NONCE, signature))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void doesNotPrint() {
        Permission shown = shown(permit, NOW);

        assertThat(List.of(permit, shown, judge(shown, NOW)))
                .extracting(Object::toString)
                .containsExactly("Permit[***]", "Permission[***]", "Holds[***]");
    }

    private PermissionVerdict judge(Permission permission, Instant now) {
        return permission.judge(verifiers, VERSION, BATCH, now, DeviceKey::signed);
    }

    private PermissionVerdict judge(Permission permission, int version, List<Opaque> batch) {
        return permission.judge(verifiers, version, batch, NOW, DeviceKey::signed);
    }

    private static PermissionVerdict refused(Reason reason) {
        return new PermissionVerdict.Refused(reason);
    }

    private Permission shown(Permit by, Instant created) {
        return shown(phone.getPrivate(), by, created);
    }

    private static Permission shown(PrivateKey key, Permit by, Instant created) {
        return new Permission(by, created, NONCE, sign(key, Permission.statement(by, created, NONCE, VERSION, BATCH)));
    }

    private static Permit permit(KeyPair by, Opaque pseudonym, DeviceKey key, Instant expires) {
        return new Permit(pseudonym, key, expires, sign(by.getPrivate(), Permit.statement(pseudonym, key, expires)));
    }

    private static Opaque sign(PrivateKey key, byte[] statement) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(statement);
            return Opaque.wrap(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Map<String, String> golden() throws IOException {
        try (InputStream in = Objects.requireNonNull(PermissionTest.class.getResourceAsStream("statements.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" = ", 2))
                    .collect(Collectors.toMap(sides -> sides[0], sides -> sides[1]));
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static Opaque flipped(Opaque bytes, int bit) {
        byte[] copy = bytes.toBytes();
        copy[bit / 8] ^= (byte) (1 << (bit % 8));
        return Opaque.wrap(copy);
    }

    private static Opaque counting(int first, int length) {
        byte[] bytes = new byte[length];
        IntStream.range(0, length).forEach(i -> bytes[i] = (byte) (first + i));
        return Opaque.wrap(bytes);
    }
}
