package lethe.client.permit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.permit.Permission;
import lethe.core.permit.PermissionVerdict;
import lethe.core.permit.Permit;
import lethe.core.protocol.TaggerBodies.Evaluate;
import org.junit.jupiter.api.Test;

/** What a phone shows, as taggers judge it: signed by Bouncy Castle here, checked by the JDK. */
class HeldPermitTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00.250Z");
    private static final Instant EXPIRES = Instant.parse("2027-02-26T00:00:00Z");
    private static final Opaque PSEUDONYM = Opaque.wrap(new byte[Permit.PSEUDONYM]);
    private static final Evaluate BATCH = new Evaluate(3, List.of(bytes(33, 2), bytes(33, 3)));

    private final Random random = new Random(7);
    private final PermitKey key = PermitKey.draw(random);
    private final KeyPair verifier = pair();
    private final HeldPermit held = new HeldPermit(permit(verifier, key.publicKey()), key);
    private final Set<DeviceKey> verifiers =
            Set.of(DeviceKey.of(pair().getPublic()), DeviceKey.of(verifier.getPublic()));

    @Test
    void holdsForItsBatchNow() {
        Permission shown = shown(held);

        assertThat(judge(shown, BATCH, NOW)).isEqualTo(new PermissionVerdict.Holds(PSEUDONYM, false));
        assertThat(shown.created()).isEqualTo(Instant.parse("2026-11-28T12:00:00Z"));
        assertThat(shown.nonce()).isNotEqualTo(shown(held).nonce());
    }

    @Test
    void isOfItsOwnKeyOnly() {
        PermitKey another = PermitKey.draw(random);

        assertThatThrownBy(() -> new HeldPermit(held.permit(), another)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isFoundAgainInItsLines() {
        assertThat(HeldPermit.fromLines(held.toLines()).map(HeldPermit::permit)).contains(held.permit());
        assertThat(HeldPermit.fromLines(held.toLines()).map(HeldPermit::toLines))
                .contains(held.toLines());
        assertThat(HeldPermit.fromLines("")).isEmpty();
        assertThat(HeldPermit.fromLines(held.toLines().substring(1))).isEmpty();
        String ofAnother = PermitKey.draw(random).secret().toText();
        assertThat(HeldPermit.fromLines(ofAnother + held.toLines().substring(ofAnother.length())))
                .isEmpty();
    }

    @Test
    void doesNotPrint() {
        assertThat(List.of(held, key))
                .extracting(Object::toString)
                .containsExactly("HeldPermit[***]", "PermitKey[***]");
    }

    private Permission shown(HeldPermit permit) {
        return Objects.requireNonNull(permit.show(BATCH, NOW, random).permission());
    }

    private PermissionVerdict judge(Permission permission, Evaluate batch, Instant now) {
        return permission.judge(verifiers, batch.version(), batch.blinded(), now, DeviceKey::signed);
    }

    private static Permit permit(KeyPair signer, DeviceKey holder) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(signer.getPrivate());
            signature.update(Permit.statement(PSEUDONYM, holder, EXPIRES));
            return new Permit(PSEUDONYM, holder, EXPIRES, Opaque.wrap(signature.sign()));
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

    private static Opaque bytes(int length, int fill) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) fill);
        return Opaque.wrap(bytes);
    }
}
