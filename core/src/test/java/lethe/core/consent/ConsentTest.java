package lethe.core.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import lethe.core.Samples;
import lethe.core.Trials;
import lethe.core.identity.DeviceId;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import org.junit.jupiter.api.Test;

class ConsentTest {
    private static final KeyPair OWNER = keyPair();
    private static final DeviceKey KEY = DeviceKey.of(OWNER.getPublic());
    private static final DeviceKey OTHER_KEY = DeviceKey.of(keyPair().getPublic());

    private final Random random = new Random(1);
    private final Tag tag = Samples.tag(random);
    private final DeviceId device = Samples.deviceId(random);
    private final Opaque text = Samples.opaque(random, 32);
    private final Set<Scope> scopes = EnumSet.of(Scope.IP, Scope.WAKE);
    private final Instant at = Samples.START;
    private final Consent consent = signed(tag, device, 3, text, scopes, at);

    private static KeyPair keyPair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static Consent signed(
            Tag tag, DeviceId device, long epoch, Opaque textHash, Set<Scope> scopes, Instant at) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(OWNER.getPrivate());
            signer.update(Consent.statement(tag, KEY, device, epoch, textHash, scopes, at));
            return new Consent(epoch, textHash, scopes, at, device, Opaque.wrap(signer.sign()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private boolean holds(Consent other) {
        return other.isSignedBy(KEY, tag);
    }

    @Test
    void holdsForTheOneWhoSignedIt() {
        assertThat(holds(consent)).isTrue();
    }

    @Test
    void holdsWhateverTheScopes() {
        Trials.forAll(30, chance -> {
            Set<Scope> some = Samples.scopes(chance);
            assertThat(holds(signed(tag, device, 3, text, some, at))).isTrue();
        });
    }

    @Test
    void holdsForNoOtherTag() {
        assertThat(consent.isSignedBy(KEY, Samples.tag(random))).isFalse();
    }

    @Test
    void holdsForNoOtherKey() {
        assertThat(consent.isSignedBy(OTHER_KEY, tag)).isFalse();
    }

    @Test
    void holdsForNoOtherDevice() {
        DeviceId other = Samples.deviceId(random);
        assertThat(holds(new Consent(3, text, scopes, at, other, consent.signature())))
                .isFalse();
    }

    @Test
    void holdsForNoOtherEpoch() {
        assertThat(holds(new Consent(4, text, scopes, at, device, consent.signature())))
                .isFalse();
    }

    @Test
    void holdsForNoOtherText() {
        Opaque other = Samples.opaque(random, 32);
        assertThat(holds(new Consent(3, other, scopes, at, device, consent.signature())))
                .isFalse();
    }

    @Test
    void holdsForNoScopeMoreAndNoneLess() {
        for (Scope scope : Scope.values()) {
            Set<Scope> others = EnumSet.copyOf(scopes);
            if (!others.remove(scope)) {
                others.add(scope);
            }
            assertThat(holds(new Consent(3, text, others, at, device, consent.signature())))
                    .as("%s changed", scope)
                    .isFalse();
        }
    }

    @Test
    void holdsForNoOtherTime() {
        Instant other = at.plus(Duration.ofMillis(1));
        assertThat(holds(new Consent(3, text, scopes, other, device, consent.signature())))
                .isFalse();
    }

    @Test
    void holdsWithNoOtherSignature() {
        Trials.forAll(50, chance -> {
            byte[] signature = consent.signature().toBytes();
            signature[chance.nextInt(signature.length)] ^= (byte) (1 << chance.nextInt(8));
            Consent forged = new Consent(3, text, scopes, at, device, Opaque.wrap(signature));
            assertThat(holds(forged)).isFalse();
        });
    }

    @Test
    void holdsWithNoMalformedSignature() {
        Trials.forAll(50, chance -> {
            Opaque nonsense = Samples.opaque(chance, chance.nextInt(100));
            assertThat(holds(new Consent(3, text, scopes, at, device, nonsense)))
                    .isFalse();
        });
    }
}
