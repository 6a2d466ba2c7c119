package lethe.registrar.tagger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import lethe.client.permit.HeldPermit;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.permit.Permit;
import org.junit.jupiter.api.Test;

/** Bouncy Castle's verification is the platform's, on what is good, damaged and nonsense. */
class FastSignaturesTest {
    private final Verifying verifier = new Verifying();
    private final HeldPermit held = verifier.permit(Instant.parse("2026-11-28T12:00:00Z"));
    private final byte[] message = Permit.statement(
            held.permit().pseudonym(), held.permit().key(), held.permit().expires());

    @Test
    void holdWhatTheVerifierSigned() {
        Opaque signature = held.permit().signature();

        assertThat(FastSignatures.hold(verifier.key(), message, signature)).isTrue();
        assertThat(FastSignatures.hold(held.permit().key(), message, signature)).isFalse();
        assertThat(FastSignatures.hold(verifier.key(), message, Opaque.empty())).isFalse();
    }

    @Test
    void agreeWithThePlatformOnWhateverComes() {
        for (int seed = 0; seed < 500; seed++) {
            Random chance = new Random(seed);
            Opaque signature = damaged(held.permit().signature(), chance);
            DeviceKey key = chance.nextBoolean() ? verifier.key() : new DeviceKey(random(32, chance));

            assertThat(FastSignatures.hold(key, message, signature))
                    .as("seed %d", seed)
                    .isEqualTo(key.signed(message, signature));
        }
    }

    private static Opaque damaged(Opaque good, Random chance) {
        if (chance.nextInt(4) == 0) {
            return random(64, chance);
        }
        byte[] bytes = good.toBytes();
        if (chance.nextInt(4) > 0) {
            bytes[chance.nextInt(64)] ^= (byte) (1 << chance.nextInt(8));
        }
        return Opaque.wrap(bytes);
    }

    private static Opaque random(int length, Random chance) {
        byte[] bytes = new byte[length];
        chance.nextBytes(bytes);
        return Opaque.wrap(bytes);
    }
}
